package dev.partita.model.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.CorruptDataException;
import dev.partita.model.item.StoredItem.Header;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredItemTest {

  private static final Bytes BODY = ItemCodec.encode(Map.of("a", new AttributeValue.S("b")));

  @Test
  void headerAndBodyComeBack() {
    byte[] stored = StoredItem.encode(Long.MAX_VALUE, 42, 409_600, BODY);
    assertThat(StoredItem.header(stored)).isEqualTo(new Header(Long.MAX_VALUE, 42, 409_600, 0));
    assertThat(StoredItem.body(stored)).isEqualTo(BODY);
    assertThat(StoredItem.decode(stored).body()).isEqualTo(BODY);
  }

  @Test
  void theBodyCanBeReadInItsPlace() {
    byte[] stored = StoredItem.encode(1, 2, 3, BODY);
    assertThat(
            ItemCodec.decode(
                stored, StoredItem.HEADER_BYTES, stored.length - StoredItem.HEADER_BYTES))
        .isEqualTo(ItemCodec.decode(BODY));
  }

  @Test
  void aHeaderThatIsCutOffIsCorrupt() {
    byte[] stored = StoredItem.encode(1, 2, 3, BODY);
    for (int length = 0; length < StoredItem.HEADER_BYTES; length++) {
      byte[] cut = java.util.Arrays.copyOf(stored, length);
      assertThatThrownBy(() -> StoredItem.header(cut)).isInstanceOf(CorruptDataException.class);
      assertThatThrownBy(() -> StoredItem.body(cut)).isInstanceOf(CorruptDataException.class);
      assertThatThrownBy(() -> StoredItem.decode(cut)).isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] stored = StoredItem.encode(1, 2, 3, BODY);
    stored[0] = 2;
    assertThatThrownBy(() -> StoredItem.header(stored))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("version 2");
  }
}
