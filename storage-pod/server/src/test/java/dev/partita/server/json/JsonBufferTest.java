package dev.partita.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonBufferTest {

  @Test
  void puts_commas_where_they_belong() {
    JsonBuffer json =
        new JsonBuffer()
            .startObject()
            .name("a")
            .startArray()
            .number(1)
            .bool(true)
            .startObject()
            .endObject()
            .startObject()
            .name("b")
            .string("c")
            .endObject()
            .endArray()
            .name("d")
            .number(0.5)
            .name("e")
            .timestamp(1_500_000_000_007L)
            .name("f")
            .base64(new byte[] {1, 2})
            .endObject();
    assertThat(text(json))
        .isEqualTo(
            "{\"a\":[1,true,{},{\"b\":\"c\"}],\"d\":0.5,\"e\":1500000000.007,\"f\":\"AQI=\"}");
  }

  @Test
  void escapes_what_json_needs_escaped_and_nothing_else() {
    assertThat(text(new JsonBuffer().string("\"\\\n\r\t\b\f\u0000\u001f/é€😀\u007f")))
        .isEqualTo("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f/é€😀\u007f\"");
  }

  @Test
  void grows_as_needed() {
    String long_ = "x".repeat(100_000);
    assertThat(text(new JsonBuffer(1).startObject().name("a").string(long_).endObject()))
        .isEqualTo("{\"a\":\"" + long_ + "\"}");
  }

  @Test
  void has_no_word_for_infinity() {
    assertThatThrownBy(() -> new JsonBuffer().number(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(JsonBuffer json) {
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }
}
