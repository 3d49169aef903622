package dev.partita.operator.dynamo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call that changes a table. DynamoDB takes one kind of change at a time.
public sealed interface TableChange {

  /// One call of UpdateTable.
  sealed interface Update extends TableChange {}

  /// @param mode null where it stays
  /// @param provisioned null where it stays, and under on-demand
  record Billing(@Nullable String mode, @Nullable Units provisioned, UnitsWish onDemand)
      implements Update {}

  record Warm(UnitsWish units) implements Update {}

  record TableClass(String tableClass) implements Update {}

  record DeletionProtection(boolean on) implements Update {}

  /// TagResource: tags that are new or have another value.
  ///
  /// @param arn of the table, which DynamoDB wants here in place of its name
  record SetTags(String arn, Map<String, String> tags) implements TableChange {

    public SetTags {
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
  }

  /// UntagResource.
  ///
  /// @param arn as with [SetTags]
  record RemoveTags(String arn, List<String> keys) implements TableChange {

    public RemoveTags {
      keys = List.copyOf(keys);
    }
  }
}
