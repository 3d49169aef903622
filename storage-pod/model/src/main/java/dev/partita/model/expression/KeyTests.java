package dev.partita.model.expression;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.QueryTexts;
import dev.partita.model.table.KeyAttributes;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query asks of keys, before it is known which attributes the keys are: from
/// `KeyConditionExpression` or from `KeyConditions`. {@link #against} makes the {@link
/// KeyCondition}.
public final class KeyTests {

  private static final int MAX_TESTS = 2;

  private final List<AttributeTest> tests;

  private KeyTests(List<AttributeTest> tests) {
    if (tests.isEmpty() || tests.size() > MAX_TESTS) {
      throw ApiException.validation(QueryTexts.ONE_OR_TWO_CONDITIONS);
    }
    this.tests = tests;
  }

  /// From a parsed `KeyConditionExpression`.
  ///
  /// @throws ApiException VALIDATION for what a key condition cannot say
  public static KeyTests of(Condition expression) {
    return new KeyTests(KeyTestReader.read(expression));
  }

  /// From `KeyConditions`.
  ///
  /// @param tests no two of one attribute
  /// @throws ApiException VALIDATION
  public static KeyTests of(List<AttributeTest> tests) {
    tests.forEach(AttributeTest::check);
    return new KeyTests(List.copyOf(tests));
  }

  /// Checks the tests against the schema of the table, or of the index that is queried.
  ///
  /// @throws ApiException VALIDATION
  public KeyCondition against(KeyAttributes keys) {
    String range = keys.range();
    KeyType rangeType = keys.rangeType();
    if (range == null && tests.size() > 1) {
      throw notSupported();
    }
    AttributeTest hash = test(keys.hash(), keys.hashType());
    if (hash == null) {
      throw missed(keys.hash());
    }
    if (hash.operator() != ComparisonOperator.EQ) {
      throw notSupported();
    }
    AttributeTest sort = range == null || rangeType == null ? null : test(range, rangeType);
    if (sort == null && tests.size() > 1) {
      throw missed(String.valueOf(range));
    }
    return new KeyCondition(hash.values().getFirst(), sort == null ? null : sortCondition(sort));
  }

  private @Nullable AttributeTest test(String attribute, KeyType type) {
    for (AttributeTest test : tests) {
      if (test.attribute().equals(attribute)) {
        if (!test.operator().isIndexable()) {
          throw ApiException.validation(QueryTexts.NOT_INDEXABLE);
        }
        for (AttributeValue value : test.values()) {
          if (!value.type().equals(type.name())) {
            throw ApiException.validation(QueryTexts.CONDITION_TYPE);
          }
        }
        return test;
      }
    }
    return null;
  }

  private static SortCondition sortCondition(AttributeTest test) {
    AttributeValue value = test.values().getFirst();
    return switch (test.operator()) {
      case EQ -> new SortCondition.Equal(value);
      case LT -> new SortCondition.Less(value);
      case LE -> new SortCondition.LessOrEqual(value);
      case GT -> new SortCondition.Greater(value);
      case GE -> new SortCondition.GreaterOrEqual(value);
      case BETWEEN -> new SortCondition.Between(value, test.values().getLast());
      case BEGINS_WITH -> new SortCondition.BeginsWith(value);
      case NE, IN, NULL, NOT_NULL, CONTAINS, NOT_CONTAINS ->
          throw new IllegalStateException("not indexable: " + test.operator());
    };
  }

  private static ApiException missed(String attribute) {
    return ApiException.validation(QueryTexts.missedKey(attribute));
  }

  private static ApiException notSupported() {
    return ApiException.validation(QueryTexts.NOT_SUPPORTED);
  }

  /// Takes a key condition apart, in the order of its text.
  private static final class KeyTestReader {

    private final List<AttributeTest> tests = new ArrayList<>();

    static List<AttributeTest> read(Condition expression) {
      KeyTestReader reader = new KeyTestReader();
      reader.add(expression);
      return List.copyOf(reader.tests);
    }

    private void add(Condition condition) {
      switch (condition) {
        case Condition.And(List<Condition> terms) -> terms.forEach(this::add);
        case Condition.Compare(Operand left, Condition.Comparator comparator, Operand right) ->
            addComparison(left, comparator, right);
        case Condition.Between(Operand operand, Operand lower, Operand upper) -> {
          requireFirst(operand, "BETWEEN");
          add(ComparisonOperator.BETWEEN, List.of(operand, lower, upper));
        }
        case Condition.BeginsWith(Operand operand, Operand prefix) -> {
          requireFirst(operand, "begins_with");
          add(ComparisonOperator.BEGINS_WITH, List.of(operand, prefix));
        }
        case Condition.Or _ -> throw invalidOperator("OR");
        case Condition.Not _ -> throw invalidOperator("NOT");
        case Condition.In _ -> throw invalidOperator("IN");
        case Condition.AttributeExists _ -> throw invalidOperator("attribute_exists");
        case Condition.AttributeNotExists _ -> throw invalidOperator("attribute_not_exists");
        case Condition.AttributeType _ -> throw invalidOperator("attribute_type");
        case Condition.Contains _ -> throw invalidOperator("contains");
      }
    }

    private void addComparison(Operand left, Condition.Comparator comparator, Operand right) {
      boolean turned = left instanceof Operand.Literal;
      ComparisonOperator operator =
          switch (comparator) {
            case EQ -> ComparisonOperator.EQ;
            case LT -> turned ? ComparisonOperator.GT : ComparisonOperator.LT;
            case LE -> turned ? ComparisonOperator.GE : ComparisonOperator.LE;
            case GT -> turned ? ComparisonOperator.LT : ComparisonOperator.GT;
            case GE -> turned ? ComparisonOperator.LE : ComparisonOperator.GE;
            case NE -> throw invalidOperator("<>");
          };
      add(operator, List.of(left, right));
    }

    private void add(ComparisonOperator operator, List<Operand> operands) {
      Path key = null;
      List<AttributeValue> values = new ArrayList<>(2);
      for (Operand operand : operands) {
        switch (operand) {
          case Operand.At(Path path) -> {
            if (key != null) {
              throw ApiException.validation(QueryTexts.TWO_ATTRIBUTES);
            }
            if (path.steps().size() > 1) {
              throw ApiException.validation(QueryTexts.NESTED_ATTRIBUTE);
            }
            key = path;
          }
          case Operand.Literal(AttributeValue value) -> values.add(value);
          case Operand.Size _ -> throw ApiException.validation(QueryTexts.NESTED_OPERATION);
        }
      }
      if (key == null) {
        throw ApiException.validation(QueryTexts.NO_KEY_ATTRIBUTE);
      }
      for (AttributeTest test : tests) {
        if (test.attribute().equals(key.root())) {
          throw ApiException.validation(QueryTexts.KEY_TWICE);
        }
      }
      tests.add(new AttributeTest(key.root(), operator, values));
    }

    private static void requireFirst(Operand operand, String operator) {
      if (!(operand instanceof Operand.At)) {
        throw ApiException.validation(QueryTexts.keyNotFirst(operator));
      }
    }

    private static ApiException invalidOperator(String operator) {
      return ApiException.validation(QueryTexts.invalidOperator(operator));
    }
  }
}
