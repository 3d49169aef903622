package dev.partita.model.expression;

import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Expressions with the answers that Amazon's DynamoDB Local gave to them, from the resources
/// beside this class.
final class RecordedExpressions {

  static final Map<String, String> NAMES =
      Map.of("#a", "a", "#b", "b", "#dot", "x.y", "#abort", "abort");

  static final Map<String, AttributeValue> VALUES =
      Map.ofEntries(
          Map.entry(":s", new AttributeValue.S("x")),
          Map.entry(":s2", new AttributeValue.S("a")),
          Map.entry(":tn", new AttributeValue.S("N")),
          Map.entry(":n", number(1)),
          Map.entry(":n5", number(5)),
          Map.entry(":b", binary('x')),
          Map.entry(":b0", binary(0, 0)),
          Map.entry(":t", new AttributeValue.Bool(true)),
          Map.entry(":z", AttributeValue.Null.INSTANCE),
          Map.entry(":l", new AttributeValue.L(List.of(new AttributeValue.S("x")))),
          Map.entry(":m", new AttributeValue.M(Map.of())),
          Map.entry(":ss", new AttributeValue.SS(Set.of("a"))),
          Map.entry(":ns", new AttributeValue.NS(Set.of(DynamoNumber.of(1)))),
          Map.entry(":bs", new AttributeValue.BS(Set.of(Bytes.of((byte) 'a')))));

  /// @param answer the text behind `Invalid <Kind>: `, or `OK`
  record Recorded(String expression, String answer) {
    @Override
    public String toString() {
      return expression.length() > 60 ? expression.substring(0, 60) + "…" : expression;
    }
  }

  private RecordedExpressions() {}

  static Placeholders placeholders() {
    return new Placeholders(NAMES, VALUES);
  }

  static Stream<Recorded> in(String resource) {
    try (InputStream in = RecordedExpressions.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("# ")).map(RecordedExpressions::recorded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recorded recorded(String line) {
    int tab = line.indexOf('\t');
    return new Recorded(
        line.substring(0, tab).translateEscapes(), line.substring(tab + 1).translateEscapes());
  }

  private static AttributeValue number(long value) {
    return new AttributeValue.N(DynamoNumber.of(value));
  }

  private static AttributeValue binary(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return new AttributeValue.B(Bytes.wrap(bytes));
  }
}
