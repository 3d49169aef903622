package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.DynamoNumber;
import dev.partita.testing.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Laws that hold for every item and expression, over seeds.
class ExpressionLawsTest {

  private static final int SEEDS = 500;

  private static final PrimaryKey KEY = new PrimaryKey("pk", new AttributeValue.S("k"), null, null);

  private static final String[] PATHS = {"a", "b", "c", "d.x", "d.y", "e[0]", "e[1]", "d.z[2]"};

  private static final String[] TESTS = {
    "%s = %s",
    "%s <> %s",
    "%s < %s",
    "%s <= %s",
    "%s > %s",
    "%s >= %s",
    "contains(%s, %s)",
    "begins_with(%s, %s)"
  };

  @Seeded(SEEDS)
  void logicHolds(RandomGenerator random) {
    Map<String, AttributeValue> item = item(random);
    String p = simpleTest(random);
    String q = simpleTest(random);
    boolean pHolds = test(p, item);
    boolean qHolds = test(q, item);

    assertThat(test("NOT " + p, item)).isEqualTo(!pHolds);
    assertThat(test("NOT NOT " + p, item)).isEqualTo(pHolds);
    assertThat(test("(" + p + ")", item)).isEqualTo(pHolds);
    assertThat(test(p + " AND " + q, item)).isEqualTo(pHolds && qHolds);
    assertThat(test(p + " OR " + q, item)).isEqualTo(pHolds || qHolds);
    assertThat(test("NOT (" + p + " OR " + q + ")", item)).isEqualTo(!pHolds && !qHolds);
    assertThat(test(p + " OR " + q + " AND " + p, item)).isEqualTo(pHolds);
  }

  @Seeded(SEEDS)
  void comparatorsAgreeWithEachOther(RandomGenerator random) {
    Map<String, AttributeValue> item = item(random);
    String x = PATHS[random.nextInt(4)];
    String y = PATHS[4 + random.nextInt(4)];
    boolean less = test(x + " < " + y, item);
    boolean equal = test(x + " = " + y, item);
    boolean greater = test(x + " > " + y, item);

    assertThat(test(y + " > " + x, item)).isEqualTo(less);
    assertThat(test(x + " <> " + y, item)).isEqualTo(!equal);
    assertThat(test(x + " IN (" + y + ")", item)).isEqualTo(equal);
    assertThat((less ? 1 : 0) + (equal ? 1 : 0) + (greater ? 1 : 0)).isLessThanOrEqualTo(1);
    if (less) {
      assertThat(test(x + " <= " + y, item)).isTrue();
      assertThat(test(x + " BETWEEN " + y + " AND " + y, item)).isFalse();
    }
  }

  @Seeded(SEEDS)
  void whatIsSetIsThereAndTheRestStays(RandomGenerator random) {
    Map<String, AttributeValue> item = item(random);
    String attribute = PATHS[random.nextInt(3)];
    AttributeValue value = value(random, 0);
    Map<String, AttributeValue> changed =
        apply("SET " + attribute + " = :v", Map.of(":v", value), item).newItem();

    Map<String, AttributeValue> expected = new HashMap<>(item);
    expected.put(attribute, value);
    assertThat(changed).isEqualTo(expected);
    assertThat(apply("REMOVE " + attribute, Map.of(), changed).newItem())
        .doesNotContainKey(attribute)
        .isEqualTo(apply("REMOVE " + attribute, Map.of(), item).newItem());
  }

  @Seeded(SEEDS)
  void addAndSubtractCancelOut(RandomGenerator random) {
    AttributeValue n = number(random);
    AttributeValue delta = number(random);
    Map<String, AttributeValue> item = Map.of("pk", KEY.hash(), "n", n);
    Map<String, AttributeValue> added = apply("ADD n :d", Map.of(":d", delta), item).newItem();

    assertThat(added).isEqualTo(apply("SET n = :d + n", Map.of(":d", delta), item).newItem());
    assertThat(apply("SET n = n - :d", Map.of(":d", delta), added).newItem()).isEqualTo(item);
  }

  @Seeded(SEEDS)
  void deletingFromASetUndoesAdding(RandomGenerator random) {
    AttributeValue set = new AttributeValue.SS(Set.of("p", "q" + random.nextInt(3)));
    AttributeValue more = new AttributeValue.SS(Set.of("r", "s" + random.nextInt(3)));
    Map<String, AttributeValue> item = Map.of("pk", KEY.hash(), "s", set);
    Map<String, AttributeValue> both = apply("ADD s :m", Map.of(":m", more), item).newItem();

    assertThat(test("contains(s, :r) AND contains(s, :p)", both)).isTrue();
    assertThat(apply("DELETE s :m", Map.of(":m", more), both).newItem()).isEqualTo(item);
    assertThat(apply("DELETE s :b", Map.of(":b", both.get("s")), both).newItem())
        .doesNotContainKey("s");
  }

  @Seeded(SEEDS)
  void listsGrowAtTheEndAndShrinkByIndexesOfBefore(RandomGenerator random) {
    int size = random.nextInt(1, 6);
    List<AttributeValue> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(new AttributeValue.N(DynamoNumber.of(i)));
    }
    Map<String, AttributeValue> item = Map.of("pk", KEY.hash(), "l", new AttributeValue.L(list));
    int removed = random.nextInt(size);
    AttributeValue appended = new AttributeValue.S("new");
    Updates.Result.Changed changed =
        apply(
            "REMOVE l[" + removed + "] SET l[" + (size + random.nextInt(9)) + "] = :v",
            Map.of(":v", appended),
            item);

    List<AttributeValue> expected = new ArrayList<>(list);
    expected.remove(removed);
    expected.add(appended);
    assertThat(changed.newItem()).containsEntry("l", new AttributeValue.L(expected));
    assertThat(changed.touchedOld())
        .containsEntry("l", new AttributeValue.L(List.of(list.get(removed))));
  }

  @Seeded(SEEDS)
  void projectingEveryAttributeGivesTheItemBack(RandomGenerator random) {
    Map<String, AttributeValue> item = item(random);
    List<Path> all = item.keySet().stream().map(Path::of).toList();

    assertThat(Projections.project(all, item)).isEqualTo(item);
    assertThat(Projections.project(List.of(Path.of("nope")), item)).isEmpty();
  }

  private static String simpleTest(RandomGenerator random) {
    String x = PATHS[random.nextInt(4)];
    String y = PATHS[4 + random.nextInt(4)];
    return switch (random.nextInt(4)) {
      case 0 -> "attribute_exists(" + x + ")";
      case 1 -> "size(" + x + ") >= size(" + y + ")";
      default -> TESTS[random.nextInt(TESTS.length)].formatted(x, y);
    };
  }

  private static boolean test(String condition, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> values =
        Map.of(":r", new AttributeValue.S("r"), ":p", new AttributeValue.S("p"));
    return Conditions.test(
        ExpressionParser.condition(
            "ConditionExpression", condition, new Placeholders(Map.of(), values)),
        item);
  }

  private static Updates.Result.Changed apply(
      String update, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    return (Updates.Result.Changed)
        Updates.apply(
            ExpressionParser.update(update, new Placeholders(Map.of(), values)), KEY, item);
  }

  private static Map<String, AttributeValue> item(RandomGenerator random) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", KEY.hash());
    for (String name : List.of("a", "b", "c", "d", "e")) {
      if (random.nextInt(5) > 0) {
        item.put(name, value(random, 2));
      }
    }
    return item;
  }

  private static AttributeValue value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> new AttributeValue.S("pqr".substring(random.nextInt(4)));
      case 1 -> new AttributeValue.N(DynamoNumber.of(random.nextInt(3)));
      case 2 -> new AttributeValue.Bool(random.nextBoolean());
      case 3 -> new AttributeValue.SS(Set.of("p", "q" + random.nextInt(2)));
      case 4 -> {
        Map<String, AttributeValue> members = new LinkedHashMap<>();
        for (String name : List.of("x", "y", "z")) {
          members.put(name, value(random, depth - 1));
        }
        yield new AttributeValue.M(members);
      }
      default -> new AttributeValue.L(List.of(value(random, depth - 1), value(random, depth - 1)));
    };
  }

  private static AttributeValue number(RandomGenerator random) {
    return new AttributeValue.N(
        DynamoNumber.parse(
            random.nextLong(-1_000_000_000, 1_000_000_000) + "e" + random.nextInt(-9, 9)));
  }
}
