package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;

/// Operands as error texts show them.
final class Printed {

  private Printed() {}

  /// A bound of BETWEEN.
  static String bound(AttributeValue value) {
    String content =
        switch (value) {
          case AttributeValue.S(String s) -> s;
          // DynamoDB shows the number as the client wrote it; that text is not kept.
          case AttributeValue.N n -> n.value().toString();
          // DynamoDB prints its own buffer object here.
          case AttributeValue.B b ->
              "java.nio.HeapByteBuffer[pos=0 lim="
                  + b.value().length()
                  + " cap="
                  + b.value().length()
                  + "]";
          case AttributeValue.Bool _,
              AttributeValue.Null _,
              AttributeValue.SS _,
              AttributeValue.NS _,
              AttributeValue.BS _,
              AttributeValue.L _,
              AttributeValue.M _ ->
              throw new IllegalArgumentException("no bound of BETWEEN: " + value.type());
        };
    return "AttributeValue: {" + value.type() + ":" + content + "}";
  }

  /// The type of an operand of ADD or DELETE, which name types in their own way.
  static String longType(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S _ -> "STRING";
      case AttributeValue.N _ -> "NUMBER";
      case AttributeValue.B _ -> "BINARY";
      case AttributeValue.Bool _ -> "BOOLEAN";
      case AttributeValue.Null _ -> "NULL";
      case AttributeValue.SS _ -> "STRING_SET";
      case AttributeValue.NS _ -> "NUMBER_SET";
      case AttributeValue.BS _ -> "BINARY_SET";
      case AttributeValue.L _ -> "LIST";
      case AttributeValue.M _ -> "MAP";
    };
  }
}
