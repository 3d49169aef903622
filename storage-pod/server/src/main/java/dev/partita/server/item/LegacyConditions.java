package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.LegacyTexts;
import dev.partita.model.expression.AttributeTest;
import dev.partita.model.expression.ComparisonOperator;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.value.AttributeValue;
import dev.partita.server.json.AttributeMap;
import dev.partita.server.json.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions as they were asked for before expressions: `Expected`, `QueryFilter`, `ScanFilter`
/// with `ConditionalOperator`, and `KeyConditions`. Source of the order: DynamoDB Local.
final class LegacyConditions {

  private LegacyConditions() {}

  /// `Expected` of a write.
  ///
  /// @return null where nothing is expected
  /// @throws ApiException VALIDATION
  static @Nullable Condition expected(Structure request) {
    List<Condition> terms = new ArrayList<>();
    for (Map.Entry<String, Structure> entry : entries(request, "Expected").entrySet()) {
      AttributeNames.check(entry.getKey());
      terms.add(expected(entry.getKey(), entry.getValue()));
    }
    return joined(terms, request);
  }

  /// `QueryFilter` or `ScanFilter`.
  ///
  /// @return null where there is no filter
  /// @throws ApiException VALIDATION
  static @Nullable Condition filter(Structure request, String parameter) {
    List<Condition> terms = new ArrayList<>();
    for (AttributeTest test : tests(request, parameter)) {
      test.check();
      terms.add(test.toCondition());
    }
    return joined(terms, request);
  }

  /// The entries of `KeyConditions`, `QueryFilter` or `ScanFilter`, in the order of the request.
  ///
  /// @throws ApiException VALIDATION for a name or value that is none
  static List<AttributeTest> tests(Structure request, String parameter) {
    List<AttributeTest> tests = new ArrayList<>();
    for (Map.Entry<String, Structure> entry : entries(request, parameter).entrySet()) {
      AttributeNames.check(entry.getKey());
      Structure condition = entry.getValue();
      List<AttributeMap> list = condition.attributeList("AttributeValueList");
      tests.add(
          new AttributeTest(
              entry.getKey(),
              ComparisonOperator.valueOf(condition.requiredText("ComparisonOperator")),
              values(list == null ? List.of() : list)));
    }
    return tests;
  }

  private static Map<String, Structure> entries(Structure request, String parameter) {
    Map<String, Structure> entries = request.structureMap(parameter);
    return entries == null ? Map.of() : entries;
  }

  private static Condition expected(String attribute, Structure expected) {
    AttributeMap value = expected.attributes("Value");
    List<AttributeMap> list = expected.attributeList("AttributeValueList");
    String operator = expected.text("ComparisonOperator");
    if (value != null && list != null) {
      throw ApiException.validation(LegacyTexts.valueAndList(attribute));
    }
    if (operator == null) {
      if (list != null) {
        throw ApiException.validation(LegacyTexts.listWithoutOperator(attribute));
      }
      return exists(attribute, expected.flag("Exists"), value);
    }
    if (expected.has("Exists")) {
      throw ApiException.validation(LegacyTexts.existsAndOperator(attribute));
    }
    boolean needsValues = !operator.equals("NULL") && !operator.equals("NOT_NULL");
    if (needsValues && value == null && list == null) {
      throw ApiException.validation(LegacyTexts.operatorWithoutValue(operator, attribute));
    }
    List<AttributeMap> values = list != null ? list : value != null ? List.of(value) : List.of();
    AttributeTest test =
        new AttributeTest(attribute, ComparisonOperator.valueOf(operator), values(values));
    test.check();
    return test.toCondition();
  }

  private static Condition exists(
      String attribute, @Nullable Boolean exists, @Nullable AttributeMap value) {
    if (exists != null && !exists) {
      if (value != null) {
        throw ApiException.validation(LegacyTexts.valueOfMissing(attribute));
      }
      return new Condition.AttributeNotExists(Path.of(attribute));
    }
    if (value == null) {
      throw ApiException.validation(LegacyTexts.valueRequired(String.valueOf(exists), attribute));
    }
    return new AttributeTest(attribute, ComparisonOperator.EQ, values(List.of(value)))
        .toCondition();
  }

  private static List<AttributeValue> values(List<AttributeMap> list) {
    List<AttributeValue> values = new ArrayList<>(list.size());
    for (AttributeMap each : list) {
      values.addAll(each.values().values());
    }
    return values;
  }

  private static @Nullable Condition joined(List<Condition> terms, Structure request) {
    String operator = request.text("ConditionalOperator");
    if (operator != null && terms.isEmpty()) {
      throw ApiException.validation(LegacyTexts.OPERATOR_WITHOUT_FILTER);
    }
    if (operator != null && terms.size() == 1) {
      throw ApiException.validation(LegacyTexts.OPERATOR_OF_ONE);
    }
    if (terms.size() <= 1) {
      return terms.isEmpty() ? null : terms.getFirst();
    }
    return "OR".equals(operator) ? new Condition.Or(terms) : new Condition.And(terms);
  }
}
