package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableAnswer;
import dev.partita.operator.dynamo.TableApi;
import dev.partita.operator.dynamo.TableApis;
import dev.partita.operator.dynamo.TableChange;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.TableWish;
import dev.partita.operator.dynamo.Units;
import dev.partita.operator.pods.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The tables of one cluster, in memory. A new table is `CREATING` until it has been looked at
/// once.
final class FakeTables implements TableApi, TableApis {

  private final Map<String, TableState> tables = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private int made;
  private int looks;
  private int tagLooks;

  /// Null while the cluster answers.
  private @Nullable String silence;

  /// Given to every look; null while they find what there is.
  private @Nullable TableAnswer lookAnswer;

  /// Given instead of the next answer to a change.
  private @Nullable TableAnswer nextAnswer;

  /// Whether the next change is carried out although its answer is another.
  private boolean nextDone;

  /// What was asked for besides looks.
  synchronized List<String> changes() {
    return List.copyOf(calls);
  }

  synchronized int looks() {
    return looks;
  }

  /// Those of the looks that asked for tags too.
  synchronized int tagLooks() {
    return tagLooks;
  }

  /// Every look is answered so.
  synchronized void answerLooks(@Nullable TableAnswer answer) {
    lookAnswer = answer;
  }

  synchronized void silent(@Nullable String why) {
    silence = why;
  }

  /// The next change is answered so.
  ///
  /// @param done whether it is carried out all the same
  synchronized void answerNext(TableAnswer answer, boolean done) {
    nextAnswer = answer;
    nextDone = done;
  }

  synchronized @Nullable TableState get(String table) {
    return tables.get(table);
  }

  /// Somebody else changes a table.
  synchronized void put(TableState table) {
    tables.put(table.name(), table);
  }

  synchronized void remove(String table) {
    tables.remove(table);
  }

  @Override
  public TableApi of(String cluster, Connection connection) {
    return this;
  }

  @Override
  public synchronized void forget(String cluster) {
    forgotten.add(cluster);
  }

  /// Clusters that are gone.
  synchronized List<String> forgotten() {
    return List.copyOf(forgotten);
  }

  @Override
  public synchronized TableAnswer describe(String table) {
    looks++;
    if (silence != null) {
      return new TableAnswer.Unreachable(silence);
    }
    if (lookAnswer != null) {
      return lookAnswer;
    }
    TableState state = tables.get(table);
    if (state == null) {
      return new TableAnswer.Missing();
    }
    if (state.status().equals(TableState.CREATING) || state.status().equals(TableState.UPDATING)) {
      tables.put(table, status(state, TableState.ACTIVE));
    } else if (state.status().equals(TableState.DELETING)) {
      tables.remove(table);
    }
    return new TableAnswer.Found(state.withTags(null));
  }

  @Override
  public synchronized TableAnswer describeWithTags(String table) {
    tagLooks++;
    TableState state = tables.get(table);
    TableAnswer answer = describe(table);
    return answer instanceof TableAnswer.Found(TableState found) && state != null
        ? new TableAnswer.Found(found.withTags(Objects.requireNonNullElse(state.tags(), Map.of())))
        : answer;
  }

  @Override
  public synchronized TableAnswer create(TableWish wish) {
    return answer(
        "create " + wish.name(),
        () -> {
          if (tables.containsKey(wish.name())) {
            return new TableAnswer.InUse("Table already exists: " + wish.name());
          }
          tables.put(wish.name(), fresh(wish));
          return new TableAnswer.Accepted();
        });
  }

  private TableState fresh(TableWish wish) {
    return new TableState(
        wish.name(),
        TableState.CREATING,
        "id-" + ++made,
        "arn:aws:dynamodb:local-1:000000000000:table/" + wish.name(),
        Tables.BEGIN,
        wish.attributes(),
        wish.hashKey(),
        wish.rangeKey(),
        Objects.requireNonNullElse(wish.billingMode(), TableState.PROVISIONED),
        Objects.requireNonNullElse(wish.provisioned(), Units.ZERO),
        Units.NO_BOUND,
        Units.ZERO,
        Objects.requireNonNullElse(wish.tableClass(), TableState.STANDARD),
        Boolean.TRUE.equals(wish.deletionProtection()),
        0,
        0,
        wish.localIndexes(),
        wish.tags());
  }

  @Override
  public synchronized TableAnswer update(String table, TableChange change) {
    return answer(
        "update " + table + " " + change.getClass().getSimpleName(),
        () -> change(table, state -> changed(state, change)));
  }

  @Override
  public synchronized TableAnswer delete(String table) {
    return answer(
        "delete " + table, () -> change(table, state -> status(state, TableState.DELETING)));
  }

  private TableAnswer change(String table, UnaryOperator<TableState> change) {
    TableState state = tables.get(table);
    if (state == null) {
      return new TableAnswer.Missing();
    }
    tables.put(table, change.apply(state));
    return new TableAnswer.Accepted();
  }

  private TableAnswer answer(String call, Supplier<TableAnswer> work) {
    calls.add(call);
    TableAnswer instead = nextAnswer;
    if (instead == null) {
      return silence == null ? work.get() : new TableAnswer.Unreachable(silence);
    }
    nextAnswer = null;
    if (nextDone) {
      var _ = work.get();
    }
    return instead;
  }

  private static TableState changed(TableState t, TableChange change) {
    Map<String, String> tags = new LinkedHashMap<>(Objects.requireNonNullElse(t.tags(), Map.of()));
    return switch (change) {
      case TableChange.Update update -> updated(t, update);
      case TableChange.SetTags(String arn, Map<String, String> set) -> {
        checkArn(t, arn);
        tags.putAll(set);
        yield t.withTags(tags);
      }
      case TableChange.RemoveTags(String arn, List<String> keys) -> {
        checkArn(t, arn);
        keys.forEach(tags::remove);
        yield t.withTags(tags);
      }
    };
  }

  private static void checkArn(TableState t, String arn) {
    if (!t.arn().equals(arn)) {
      throw new IllegalArgumentException(arn + " is not that of " + t);
    }
  }

  private static TableState updated(TableState t, TableChange.Update change) {
    String mode = t.billingMode();
    Units units = t.provisioned();
    String tableClass = t.tableClass();
    boolean protection = t.deletionProtection();
    switch (change) {
      case TableChange.Billing billing -> {
        mode = Objects.requireNonNullElse(billing.mode(), mode);
        units =
            mode.equals(TableState.PAY_PER_REQUEST)
                ? Units.ZERO
                : Objects.requireNonNullElse(billing.provisioned(), units);
      }
      case TableChange.Warm _ -> throw new IllegalArgumentException("not here");
      case TableChange.TableClass(String to) -> tableClass = to;
      case TableChange.DeletionProtection(boolean on) -> protection = on;
    }
    return of(
        t, TableState.UPDATING, mode, units, tableClass, protection, t.itemCount(), t.sizeBytes());
  }

  static TableState status(TableState t, String status) {
    return of(
        t,
        status,
        t.billingMode(),
        t.provisioned(),
        t.tableClass(),
        t.deletionProtection(),
        t.itemCount(),
        t.sizeBytes());
  }

  static TableState sized(TableState t, long items, long bytes) {
    return of(
        t,
        t.status(),
        t.billingMode(),
        t.provisioned(),
        t.tableClass(),
        t.deletionProtection(),
        items,
        bytes);
  }

  private static TableState of(
      TableState t,
      String status,
      String mode,
      Units units,
      String tableClass,
      boolean protection,
      long items,
      long bytes) {
    return new TableState(
        t.name(),
        status,
        t.tableId(),
        t.arn(),
        t.createdAt(),
        t.attributes(),
        t.hashKey(),
        t.rangeKey(),
        mode,
        units,
        t.onDemand(),
        t.warm(),
        tableClass,
        protection,
        items,
        bytes,
        t.localIndexes(),
        t.tags());
  }
}
