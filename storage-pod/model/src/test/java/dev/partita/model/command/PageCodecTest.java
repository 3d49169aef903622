package dev.partita.model.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.CorruptDataException;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.value.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageCodecTest {

  static Stream<PageRead> reads() {
    return Stream.of(
        new PageRead(
            4,
            RowKeys.table(4),
            true,
            null,
            RowSource.Items.INSTANCE,
            false,
            Integer.MAX_VALUE,
            PageRead.PAGE_BYTES,
            null,
            null,
            true),
        new PageRead(
            4,
            RowKeys.table(4),
            false,
            Bytes.of((byte) 7, (byte) 0),
            new RowSource.LocalIndex(4),
            true,
            1,
            1,
            new Condition.AttributeExists(Path.of("a")),
            List.of(Path.of("a"), Path.of("b")),
            false));
  }

  static Stream<PageOutcome> outcomes() {
    PageOutcome.Rows rows =
        new PageOutcome.Rows(
            List.of(Bytes.of((byte) 1), Bytes.EMPTY),
            2,
            3,
            4_000_000_000L,
            5,
            Bytes.of((byte) 8, (byte) 0));
    return Stream.of(
        new PageOutcome.Page(PageOutcome.Rows.NONE, null),
        new PageOutcome.Page(rows, Bytes.of((byte) 9)),
        new PageOutcome.Paused(rows, Bytes.of((byte) 9)),
        new PageOutcome.Unavailable("why"));
  }

  @ParameterizedTest
  @MethodSource("reads")
  void aReadComesBackAsItWas(PageRead read) {
    byte[] encoded = PageCodec.encode(read);
    assertThat(PageCodec.decodeRead(encoded)).isEqualTo(read);
    cutAnywhereItIsCorrupt(encoded, true);
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void anOutcomeComesBackAsItWas(PageOutcome outcome) {
    byte[] encoded = PageCodec.encode(outcome);
    assertThat(PageCodec.decodeOutcome(encoded)).isEqualTo(outcome);
    cutAnywhereItIsCorrupt(encoded, false);
  }

  private static void cutAnywhereItIsCorrupt(byte[] encoded, boolean read) {
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(
              () -> {
                Object _ = read ? PageCodec.decodeRead(cut) : PageCodec.decodeOutcome(cut);
              })
          .isInstanceOf(CorruptDataException.class);
    }
  }
}
