package dev.partita.e2e.differential;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// `KeyConditionExpression`, mostly one that a query can be made of.
final class KeyConditions {

  private static final List<String> ORDERS = List.of("=", "<", "<=", ">", ">=");

  private final Random random;
  private final Values values;
  private final Expressions expressions;

  KeyConditions(Random random, Values values, Expressions expressions) {
    this.random = random;
    this.values = values;
    this.expressions = expressions;
  }

  /// @param sort attribute that orders what is queried, null for none
  /// @param type its type
  String text(Schema schema, @Nullable String sort, @Nullable String type) {
    String hash = chance(60) ? expressions.name() : keyName(schema.hash());
    String wanted = expressions.literal(chance(60) ? values.valid(1) : schema.hashValue(random));
    String ofHash =
        switch (random.nextInt(40)) {
          case 0 -> wanted + " = " + hash;
          case 1 -> hash + " " + expressions.comparator() + " " + wanted;
          case 2 -> "(" + hash + " = " + wanted + ")";
          default -> hash + " = " + wanted;
        };
    if (sort == null || type == null || chance(3)) {
      return expressions.maybeBroken(
          chance(60) ? ofHash + " AND " + expressions.condition(0) : ofHash);
    }
    String ofSort = sortCondition(chance(60) ? expressions.name() : keyName(sort), type);
    String both =
        switch (random.nextInt(40)) {
          case 0 -> ofSort;
          case 1 -> ofHash + " OR " + ofSort;
          case 2 -> "NOT " + ofHash + " AND " + ofSort;
          case 3 -> ofHash + " AND " + ofSort + " AND " + expressions.condition(0);
          case 4, 5, 6, 7 -> ofSort + " AND " + ofHash;
          default -> ofHash + " AND " + ofSort;
        };
    return expressions.maybeBroken(both);
  }

  private String sortCondition(String sort, String type) {
    return switch (random.nextInt(14)) {
      case 0, 1 -> sort + " BETWEEN " + sortLiteral(type) + " AND " + sortLiteral(type);
      case 2, 3 ->
          "begins_with("
              + sort
              + ", "
              + expressions.literal(Keys.prefix(type, random.nextInt(2)))
              + ")";
      case 4 -> sortLiteral(type) + " " + expressions.comparator() + " " + sort;
      case 5 ->
          chance(4) ? sort + " IN (" + sortLiteral(type) + ")" : sort + " = " + sortLiteral(type);
      default -> sort + " " + values.pick(ORDERS) + " " + sortLiteral(type);
    };
  }

  private String sortLiteral(String type) {
    return expressions.literal(chance(40) ? values.valid(1) : Schema.sortValue(type, random));
  }

  private String keyName(String attribute) {
    return chance(4) || attribute.equals("when") ? expressions.named(attribute) : attribute;
  }

  /// True once in `n` times.
  private boolean chance(int n) {
    return random.nextInt(n) == 0;
  }
}
