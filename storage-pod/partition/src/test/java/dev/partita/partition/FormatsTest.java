package dev.partita.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.CorruptDataException;
import dev.partita.model.item.TtlAttribute;
import dev.partita.model.key.KeyRange;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.model.table.TableCodec;
import dev.partita.model.value.Bytes;
import dev.partita.replication.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The bytes of log entries and replica states are for ever: expected values here are never edited.
class FormatsTest {

  private static final String ENTRY =
      "01"
          + "0000000000000003"
          + "0000000000000007"
          + "0102030405060708"
          + "02"
          + "01"
          + "03616263"
          + "00"
          + "ac02"
          + "03"
          + "c0ffee"
          + "02"
          + "0178"
          + "05";

  private static final EffectsEntry DECODED =
      new EffectsEntry(
          3,
          7,
          0x0102030405060708L,
          List.of(
              new Effect.Put(
                  Bytes.of("abc".getBytes(StandardCharsets.UTF_8)),
                  0,
                  300,
                  Bytes.of((byte) 0xC0, (byte) 0xFF, (byte) 0xEE)),
              new Effect.Delete(Bytes.of((byte) 'x'), 5)));

  private static final String INDEXED_ENTRY =
      "02"
          + "0000000000000003"
          + "0000000000000007"
          + "0102030405060708"
          + "04"
          + "02"
          + "0178"
          + "05"
          + "03"
          + "0161"
          + "04"
          + "ac02"
          + "06"
          + "02c0ff"
          + "04"
          + "0162"
          + "00"
          + "07"
          + "05"
          + "0163"
          + "0000000000000102"
          + "0000000000000304";

  private static final EffectsEntry INDEXED_DECODED =
      new EffectsEntry(
          3,
          7,
          0x0102030405060708L,
          List.of(
              new Effect.Delete(Bytes.of((byte) 'x'), 5),
              new Effect.PutEntry(
                  Bytes.of((byte) 'a'), 4, 300, 6, Bytes.of((byte) 0xC0, (byte) 0xFF)),
              new Effect.DeleteEntry(Bytes.of((byte) 'b'), 0, 7),
              new Effect.SetCollection(Bytes.of((byte) 'c'), new ItemCollection(0x102, 0x304))));

  private static final PartitionDescriptor DESCRIPTOR =
      new PartitionDescriptor(
          9,
          4,
          new KeyRange(Bytes.of((byte) 1), Bytes.of((byte) 2)),
          3,
          1,
          List.of(new PartitionDescriptor.Peer("pod-0", 1)));

  private static final String STATE =
      "01"
          + "01"
          + "0000000000000014"
          + "0000000000000005"
          + "0000000000000005"
          + "0000000000000002"
          + "000000000000000a"
          + "00000000000003e8"
          + "0000000000000063"
          + "0000000000000064"
          + "0000000000000007";

  private static final ReplicaState STATE_DECODED =
      new ReplicaState(new Position(20, 5), 5, 2, DESCRIPTOR, 10, 1000, 99, 100, 7, true);

  private static final String INDEXED_STATE =
      "02" + STATE.substring(2) + "02" + "0".repeat(32) + "0000000000000003" + "000000000000012c";

  private static final ReplicaState INDEXED_STATE_DECODED =
      new ReplicaState(
          new Position(20, 5),
          5,
          2,
          DESCRIPTOR,
          10,
          1000,
          99,
          100,
          7,
          true,
          List.of(IndexSize.EMPTY, new IndexSize(3, 300)));

  @Test
  void anEntryWithIndexesHasTheseBytes() {
    assertThat(HexFormat.of().formatHex(INDEXED_DECODED.encode())).isEqualTo(INDEXED_ENTRY);
    assertThat(EffectsEntry.decode(HexFormat.of().parseHex(INDEXED_ENTRY)))
        .isEqualTo(INDEXED_DECODED);
  }

  @Test
  void aReplicaStateThatCountsIndexesHasTheseBytesAndThenTheDescriptor() {
    String descriptor = HexFormat.of().formatHex(TableCodec.encode(DESCRIPTOR));
    assertThat(HexFormat.of().formatHex(INDEXED_STATE_DECODED.encode()))
        .isEqualTo(INDEXED_STATE + descriptor);
    assertThat(ReplicaState.decode(INDEXED_STATE_DECODED.encode()))
        .isEqualTo(INDEXED_STATE_DECODED);
  }

  @Test
  void theRecordOfACollectionHasTheseBytes() {
    ItemCollection collection = new ItemCollection(0x102, 0x304);
    assertThat(HexFormat.of().formatHex(collection.encode()))
        .isEqualTo("01" + "0000000000000102" + "0000000000000304");
    assertThat(ItemCollection.ofStored(collection.encode())).isEqualTo(collection);
    byte[] version = collection.encode();
    version[0] = 2;
    assertThatThrownBy(() -> ItemCollection.ofStored(version))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void anIndexEntryInTheFormatBeforeIndexesIsRefused() {
    byte[] entry = INDEXED_DECODED.encode();
    entry[0] = 1;
    assertThatThrownBy(() -> EffectsEntry.decode(entry)).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void anEntryHasTheseBytes() {
    assertThat(HexFormat.of().formatHex(DECODED.encode())).isEqualTo(ENTRY);
    assertThat(EffectsEntry.decode(HexFormat.of().parseHex(ENTRY))).isEqualTo(DECODED);
  }

  @Test
  void anEntryWithAnotherTimeOfExpiryHasTheseBytesInFormatTwoOnly() {
    String bytes =
        "02"
            + "0000000000000003"
            + "0000000000000007"
            + "0102030405060708"
            + "01"
            + "06"
            + "0178"
            + "000000006553f100";
    EffectsEntry entry =
        new EffectsEntry(
            3,
            7,
            0x0102030405060708L,
            List.of(new Effect.ForgetExpiry(Bytes.of((byte) 'x'), 1_700_000_000)));
    assertThat(HexFormat.of().formatHex(entry.encode())).isEqualTo(bytes);
    assertThat(EffectsEntry.decode(HexFormat.of().parseHex(bytes))).isEqualTo(entry);
    byte[] older = HexFormat.of().parseHex("01" + bytes.substring(2));
    assertThatThrownBy(() -> EffectsEntry.decode(older)).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void howFarAnExpiryIndexIsHasTheseBytes() {
    ExpiryState filling =
        new ExpiryState(new TtlAttribute("ttl"), Bytes.of((byte) 0xC0, (byte) 0xFF));
    ExpiryState filled = new ExpiryState(new TtlAttribute("ttl"), null);
    assertThat(HexFormat.of().formatHex(filling.encode())).isEqualTo("010374746c0102c0ff");
    assertThat(HexFormat.of().formatHex(filled.encode())).isEqualTo("010374746c00");
    assertThat(ExpiryState.decode(filling.encode())).isEqualTo(filling);
    assertThat(ExpiryState.decode(filled.encode())).isEqualTo(filled);
    assertThat(HexFormat.of().formatHex(ExpiryKeys.of(1, 2, Bytes.of((byte) 'x'))))
        .isEqualTo("0000000000000001" + "0000000000000002" + "78");
    assertThat(ReplicaKeys.expiry(0x0102L))
        .isEqualTo(HexFormat.of().parseHex("650000000000000102"));
  }

  /// Only what the varints take differs; a wrong guess would cost a copy of the whole entry.
  @Test
  void entriesOfAnySizeComeBackAsTheyWere() {
    for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 409_600}) {
      EffectsEntry entry =
          new EffectsEntry(
              1,
              length,
              length,
              Collections.nCopies(
                  Math.min(length, 200),
                  new Effect.Put(
                      Bytes.of((byte) 1), length, length, Bytes.wrap(new byte[length % 20_000]))));
      assertThat(EffectsEntry.decode(entry.encode())).isEqualTo(entry);
    }
  }

  @Test
  void aReplicaStateHasTheseBytesAndThenTheDescriptor() {
    String descriptor = HexFormat.of().formatHex(TableCodec.encode(DESCRIPTOR));
    assertThat(HexFormat.of().formatHex(STATE_DECODED.encode())).isEqualTo(STATE + descriptor);
    assertThat(ReplicaState.decode(STATE_DECODED.encode())).isEqualTo(STATE_DECODED);
  }

  @Test
  void aStateIsFoundUnderTheLetterPAndThePartition() {
    assertThat(ReplicaKeys.state(0x0102L)).isEqualTo(HexFormat.of().parseHex("700000000000000102"));
    assertThat(Arrays.compareUnsigned(ReplicaKeys.from(), ReplicaKeys.state(0))).isNegative();
    assertThat(Arrays.compareUnsigned(ReplicaKeys.to(), ReplicaKeys.state(-1))).isPositive();
  }

  @Test
  void anUnknownKindOrFormatIsRefused() {
    byte[] kind = DECODED.encode();
    kind[26] = 9;
    assertThatThrownBy(() -> EffectsEntry.decode(kind)).isInstanceOf(CorruptDataException.class);
    byte[] format = DECODED.encode();
    format[0] = 3;
    assertThatThrownBy(() -> EffectsEntry.decode(format)).isInstanceOf(CorruptDataException.class);
    byte[] state = STATE_DECODED.encode();
    state[0] = 3;
    assertThatThrownBy(() -> ReplicaState.decode(state)).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void whateverTheBytesAreDecodingEndsInAValueOrInCorruptData() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      decodeOrRefuse(mangled(DECODED.encode(), random), true);
      decodeOrRefuse(mangled(STATE_DECODED.encode(), random), false);
      decodeOrRefuse(mangled(INDEXED_DECODED.encode(), random), true);
      decodeOrRefuse(mangled(INDEXED_STATE_DECODED.encode(), random), false);
    }
  }

  private static byte[] mangled(byte[] octets, Random random) {
    byte[] cut = Arrays.copyOf(octets, random.nextInt(octets.length + 3));
    for (int i = random.nextInt(4); i > 0 && cut.length > 0; i--) {
      cut[random.nextInt(cut.length)] = (byte) random.nextInt();
    }
    return cut;
  }

  private static void decodeOrRefuse(byte[] octets, boolean entry) {
    try {
      Object decoded = entry ? EffectsEntry.decode(octets) : ReplicaState.decode(octets);
      assertThat(decoded).isNotNull();
    } catch (CorruptDataException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
