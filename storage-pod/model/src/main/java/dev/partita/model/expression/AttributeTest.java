package dev.partita.model.expression;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.LegacyTexts;
import dev.partita.model.expression.Condition.Comparator;
import dev.partita.model.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;

/// One entry of a parameter that came before expressions: an attribute, an operator, values.
///
/// @param attribute name of a top-level attribute; dots and brackets mean nothing
public record AttributeTest(
    String attribute, ComparisonOperator operator, List<AttributeValue> values) {

  public AttributeTest {
    values = List.copyOf(values);
  }

  /// Checks how many values there are and of what types.
  ///
  /// @throws ApiException VALIDATION
  public void check() {
    if (!operator.takes(values.size())) {
      throw ApiException.validation(LegacyTexts.wrongCount(operator.name()));
    }
    for (AttributeValue value : values) {
      if (!operator.takes(value.type())) {
        throw ApiException.validation(LegacyTexts.wrongType(operator.name(), value.type()));
      }
    }
    for (AttributeValue value : values) {
      if (!value.type().equals(values.getFirst().type())) {
        throw ApiException.validation(LegacyTexts.MIXED_TYPES);
      }
    }
    if (operator == ComparisonOperator.BETWEEN
        && Values.compare(values.getFirst(), values.getLast()) > 0) {
      throw ApiException.validation(LegacyTexts.BOUNDS_REVERSED);
    }
  }

  /// The same as an expression would say it. Only `NOT_CONTAINS` differs: it asks that the
  /// attribute is there (recorded from DynamoDB Local).
  public Condition toCondition() {
    Path path = Path.of(attribute);
    return switch (operator) {
      case EQ -> compare(path, Comparator.EQ);
      case NE -> compare(path, Comparator.NE);
      case LE -> compare(path, Comparator.LE);
      case LT -> compare(path, Comparator.LT);
      case GE -> compare(path, Comparator.GE);
      case GT -> compare(path, Comparator.GT);
      case NULL -> new Condition.AttributeNotExists(path);
      case NOT_NULL -> new Condition.AttributeExists(path);
      case CONTAINS -> contains(path);
      case NOT_CONTAINS ->
          new Condition.And(
              List.of(new Condition.AttributeExists(path), new Condition.Not(contains(path))));
      case BEGINS_WITH ->
          new Condition.BeginsWith(new Operand.At(path), literal(values.getFirst()));
      case BETWEEN ->
          new Condition.Between(
              new Operand.At(path), literal(values.getFirst()), literal(values.getLast()));
      case IN -> {
        List<Operand> candidates = new ArrayList<>(values.size());
        values.forEach(value -> candidates.add(literal(value)));
        yield new Condition.In(new Operand.At(path), candidates);
      }
    };
  }

  private Condition compare(Path path, Comparator comparator) {
    return new Condition.Compare(new Operand.At(path), comparator, literal(values.getFirst()));
  }

  private Condition contains(Path path) {
    return new Condition.Contains(new Operand.At(path), literal(values.getFirst()));
  }

  private static Operand literal(AttributeValue value) {
    return new Operand.Literal(value);
  }
}
