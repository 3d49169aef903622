package dev.partita.server.item;

import dev.partita.server.json.Shape;
import dev.partita.server.json.Shape.ListOf;
import dev.partita.server.json.Shape.MapOf;
import dev.partita.server.json.Shape.Text;

/// The parameters that came before expressions.
final class LegacyShapes {

  private static final Text COMPARISON_OPERATOR =
      Shape.text()
          .oneOf(
              "IN",
              "NULL",
              "BETWEEN",
              "LT",
              "NOT_CONTAINS",
              "EQ",
              "GT",
              "NOT_NULL",
              "NE",
              "LE",
              "BEGINS_WITH",
              "GE",
              "CONTAINS");

  static final Text CONDITIONAL_OPERATOR = Shape.text().oneOf("OR", "AND");

  static final ListOf ATTRIBUTES_TO_GET = Shape.listOf(Shape.text()).size(1, 255);

  /// `KeyConditions`, `QueryFilter`, `ScanFilter`.
  static final MapOf CONDITIONS =
      Shape.mapOf(
          Shape.structure("Condition")
              .optional("AttributeValueList", Shape.listOf(Shape.attribute()))
              .required("ComparisonOperator", COMPARISON_OPERATOR));

  static final MapOf EXPECTED =
      Shape.mapOf(
          Shape.structure("ExpectedAttributeValue")
              .optional("AttributeValueList", Shape.listOf(Shape.attribute()))
              .optional("ComparisonOperator", COMPARISON_OPERATOR)
              .optional("Exists", Shape.flag())
              .optional("Value", Shape.attribute()));

  static final MapOf ATTRIBUTE_UPDATES =
      Shape.mapOf(
          Shape.structure("AttributeValueUpdate")
              .optional("Action", Shape.text().oneOf("ADD", "DELETE", "PUT"))
              .optional("Value", Shape.attribute()));

  private LegacyShapes() {}
}
