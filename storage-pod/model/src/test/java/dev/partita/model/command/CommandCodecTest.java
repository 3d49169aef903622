package dev.partita.model.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.RandomCommands;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.RandomValues;
import dev.partita.testing.Seeded;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCodecTest {

  @Seeded(2_000)
  void aCommandComesBackAsItWas(RandomGenerator random) {
    WriteCommand command = new RandomCommands(random).command();
    assertThat(CommandCodec.decodeWriteCommand(CommandCodec.encode(command))).isEqualTo(command);
  }

  @Seeded(500)
  void aKeyComesBackAsItWas(RandomGenerator random) {
    PrimaryKey key = new RandomCommands(random).key();
    assertThat(CommandCodec.decodePrimaryKey(CommandCodec.encode(key))).isEqualTo(key);
  }

  @Seeded(500)
  void outcomesComeBackAsTheyWere(RandomGenerator random) {
    WriteOutcome write = writeOutcome(random);
    assertThat(CommandCodec.decodeWriteOutcome(CommandCodec.encode(write))).isEqualTo(write);
    ReadOutcome read = readOutcome(random);
    assertThat(CommandCodec.decodeReadOutcome(CommandCodec.encode(read))).isEqualTo(read);
  }

  @Seeded(20_000)
  void damagedBytesAreAMessageOrCorrupt(RandomGenerator random) {
    switch (random.nextInt(4)) {
      case 0 ->
          damage(
              CommandCodec.encode(new RandomCommands(random).command()),
              CommandCodec::decodeWriteCommand,
              random);
      case 1 ->
          damage(
              CommandCodec.encode(new RandomCommands(random).key()),
              CommandCodec::decodePrimaryKey,
              random);
      case 2 ->
          damage(
              CommandCodec.encode(writeOutcome(random)), CommandCodec::decodeWriteOutcome, random);
      default ->
          damage(CommandCodec.encode(readOutcome(random)), CommandCodec::decodeReadOutcome, random);
    }
  }

  @Test
  void aMessageThatIsCutOffAnywhereIsCorrupt() {
    byte[] whole = CommandCodec.encode(new WriteOutcome.Unavailable("why", true));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CommandCodec.decodeWriteOutcome(cut))
          .isInstanceOf(CorruptDataException.class);
    }
    assertThatThrownBy(
            () -> CommandCodec.decodeWriteOutcome(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(CorruptDataException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 01 68 06 00", // a key of type NULL
        "01 01 68 08 00 00", // a key of type M
        "01 01 68 01 01 61 02", // neither with nor without a sort key
        "02 01 68 01 01 61 00", // another version
      })
  void whatIsNoKeyIsCorrupt(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> CommandCodec.decodePrimaryKey(octets))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void aConditionThatNestsWithoutEndIsCorrupt() {
    String nots = "03".repeat(1_000_000);
    byte[] octets =
        HexFormat.of()
            .parseHex("01" + "03" + "00".repeat(8) + "0168" + "010161" + "00" + "01" + nots);
    assertThatThrownBy(() -> CommandCodec.decodeWriteCommand(octets))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("deep");
  }

  private static void damage(byte[] octets, Function<byte[], ?> decode, RandomGenerator random) {
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      octets[random.nextInt(octets.length)] = (byte) random.nextInt();
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
    try {
      assertThat(decode.apply(Arrays.copyOf(octets, length))).isNotNull();
    } catch (CorruptDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static WriteOutcome writeOutcome(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new WriteOutcome.Written(item(random), random.nextInt(409_601), random.nextInt(409_601));
      case 1 -> new WriteOutcome.ConditionFailed(item(random), random.nextInt(409_601));
      case 2 -> new WriteOutcome.Invalid(RandomValues.text(random, 40));
      default -> new WriteOutcome.Unavailable(RandomValues.text(random, 40), random.nextBoolean());
    };
  }

  private static ReadOutcome readOutcome(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> new ReadOutcome.Found(RandomValues.bytes(random, 400));
      case 1 -> ReadOutcome.Missing.INSTANCE;
      default -> new ReadOutcome.Unavailable(RandomValues.text(random, 40));
    };
  }

  private static @Nullable Bytes item(RandomGenerator random) {
    return random.nextBoolean() ? RandomValues.bytes(random, 400) : null;
  }
}
