package dev.partita.operator.table;

import dev.partita.operator.dynamo.LocalIndex;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.TableWish;
import dev.partita.operator.dynamo.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares what a manifest names with what a table has. A field that the manifest does not name is
/// equal to anything. Pure.
final class Differences {

  private Differences() {}

  /// What no change can bring about: the key and the local indexes.
  static List<Difference> immutable(TableWish wish, TableState table) {
    List<Difference> found = new ArrayList<>();
    String actual = key(table.hashKey(), table.rangeKey());
    String wanted = key(wish.hashKey(), wish.rangeKey());
    compare(found, "keySchema", actual, wanted);
    compare(found, "attributeDefinitions", types(table.attributes()), types(wish.attributes()));
    if (!wish.localIndexes().isEmpty()) {
      compare(
          found,
          "localSecondaryIndexes",
          indexes(table.localIndexes()),
          indexes(wish.localIndexes()));
    }
    return found;
  }

  /// By name: their order means nothing.
  private static String indexes(List<LocalIndex> indexes) {
    return indexes.stream()
        .sorted(Comparator.comparing(LocalIndex::name))
        .map(LocalIndex::toString)
        .toList()
        .toString();
  }

  private static String key(String hash, @Nullable String range) {
    return hash + " (HASH)" + (range == null ? "" : ", " + range + " (RANGE)");
  }

  /// By name: their order means nothing.
  private static String types(Map<String, String> attributes) {
    return new TreeMap<>(attributes).toString();
  }

  /// What calls of the API can bring about, in the order in which [Changes] makes them; but
  /// deletion protection comes last, since it is first or last there.
  static List<Difference> mutable(TableWish wish, TableState table) {
    List<Difference> found = new ArrayList<>();
    compare(found, "billingMode", table.billingMode(), wish.billingMode());
    boolean onDemand = TableState.PAY_PER_REQUEST.equals(modeAfter(wish, table));
    Units provisioned = wish.provisioned();
    if (provisioned != null && !onDemand) {
      compare(
          found,
          "provisionedThroughput.readCapacityUnits",
          table.provisioned().read(),
          provisioned.read());
      compare(
          found,
          "provisionedThroughput.writeCapacityUnits",
          table.provisioned().write(),
          provisioned.write());
    }
    if (onDemand) {
      compare(
          found,
          "onDemandThroughput.maxReadRequestUnits",
          table.onDemand().read(),
          wish.onDemand().read());
      compare(
          found,
          "onDemandThroughput.maxWriteRequestUnits",
          table.onDemand().write(),
          wish.onDemand().write());
    }
    atLeast(found, "warmThroughput.readUnitsPerSecond", table.warm().read(), wish.warm().read());
    atLeast(found, "warmThroughput.writeUnitsPerSecond", table.warm().write(), wish.warm().write());
    compare(found, "tableClass", table.tableClass(), wish.tableClass());
    found.addAll(Tags.differences(wish, table));
    compare(
        found, "deletionProtectionEnabled", table.deletionProtection(), wish.deletionProtection());
    return found;
  }

  /// The billing mode that the table will have if the manifest is carried out.
  static String modeAfter(TableWish wish, TableState table) {
    String wanted = wish.billingMode();
    return wanted == null ? table.billingMode() : wanted;
  }

  private static void compare(
      List<Difference> found, String field, Object actual, @Nullable Object wanted) {
    if (wanted != null && !wanted.equals(actual)) {
      found.add(new Difference(field, actual.toString(), wanted.toString()));
    }
  }

  /// Warm throughput grows by itself and cannot be lowered: more is as good.
  private static void atLeast(
      List<Difference> found, String field, long actual, @Nullable Long wanted) {
    if (wanted != null && actual < wanted) {
      found.add(new Difference(field, Long.toString(actual), wanted.toString()));
    }
  }
}
