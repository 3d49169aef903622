package dev.partita.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.model.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoutesTest {

  @Test
  void everyKeyGoesToThePartitionWhoseRangeHoldsIt() {
    Random random = new Random(3);
    for (int partitions : new int[] {1, 2, 3, 4, 7, 40}) {
      TableRecord table = table(partitions);
      for (int i = 0; i < 2_000; i++) {
        PrimaryKey key =
            new PrimaryKey("id", new AttributeValue.S("k" + random.nextLong()), null, null);
        PartitionDescriptor found = Routes.partition(table, key);
        assertThat(found.range().contains(RowKeys.item(table.id(), key))).isTrue();
      }
    }
  }

  @Test
  void repliesComeBackAsTheyWere() {
    WriteOutcome outcome = new WriteOutcome.Written(null, 3, 4);
    List<PartitionReply<WriteOutcome>> replies =
        List.of(
            new PartitionReply.Answer<>(outcome),
            new PartitionReply.NotLeader<>("pod-1"),
            new PartitionReply.NotLeader<>(null),
            new PartitionReply.WrongRange<>(),
            new PartitionReply.NotHere<>());
    for (PartitionReply<WriteOutcome> reply : replies) {
      byte[] bytes = reply.encode(CommandCodec::encode);
      assertThat(PartitionReply.decode(bytes, CommandCodec::decodeWriteOutcome)).isEqualTo(reply);
    }
  }

  @Test
  void garbageForADoorEndsInCorruptDataAndInNothingElse() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      quiet(() -> PartitionReply.decode(bytes, CommandCodec::decodeWriteOutcome));
      quiet(() -> PartitionRequests.decodeWrite(bytes));
      quiet(() -> PartitionRequests.decodeRead(bytes));
    }
  }

  private static void quiet(Runnable decoding) {
    try {
      decoding.run();
    } catch (CorruptDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static TableRecord table(int partitions) {
    List<PartitionDescriptor> descriptors = new ArrayList<>();
    for (KeyRange range : RowKeys.even(5, partitions)) {
      descriptors.add(new PartitionDescriptor(100 + descriptors.size(), 5, range, 1, 1, List.of()));
    }
    TableDefinition definition =
        new TableDefinition(
            "tab",
            List.of(new AttributeDefinition("id", KeyType.S)),
            "id",
            null,
            BillingMode.PAY_PER_REQUEST,
            0,
            0,
            null,
            null,
            null,
            false,
            Map.of());
    return new TableRecord(
        5, new UUID(0, 1), definition, TableStatus.ACTIVE, 0, null, null, 0, null, descriptors);
  }
}
