package dev.partita.model.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import org.junit.jupiter.api.Test;

class TokensTest {

  // The value that the reference implementation of XXH3 (64 bits, seed 0) gives for no input.
  @Test
  void theHashIsXxh3() {
    assertThat(Tokens.of(new byte[0], 0, 0)).isEqualTo(0x2D06800538D394C2L);
  }

  @Test
  void equalNumbersHaveOneToken() {
    assertThat(Tokens.of(number("1000"))).isEqualTo(Tokens.of(number("+1e3")));
    assertThat(Tokens.of(number("0"))).isEqualTo(Tokens.of(number("-0.0")));
  }

  @Test
  void theTypeIsPartOfTheKey() {
    assertThat(Tokens.of(new AttributeValue.S("a")))
        .isNotEqualTo(Tokens.of(new AttributeValue.B(Bytes.of((byte) 'a'))));
  }

  @Test
  void theTokenOfAValueIsTheOneInItsRowKey() {
    AttributeValue hash = new AttributeValue.S("a\0b");
    Bytes row = RowKeys.item(1, new PrimaryKey("h", hash, null, null));
    assertThat(RowKeys.tokens(1, Tokens.of(hash), Tokens.of(hash) + 1).contains(row)).isTrue();
  }

  private static AttributeValue number(String text) {
    return new AttributeValue.N(DynamoNumber.parse(text));
  }
}
