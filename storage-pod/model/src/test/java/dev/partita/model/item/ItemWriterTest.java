package dev.partita.model.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.item.ItemVisitor.SetKind;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemWriterTest {

  private final ItemWriter writer = new ItemWriter(0);

  @Test
  void textAndBytesWriteTheSame() {
    byte[] name = "näme".getBytes(StandardCharsets.UTF_8);
    writer.name("näme");
    writer.string("näme");
    Bytes fromText = writer.finish();
    writer.name(name, 0, name.length);
    writer.string(name, 0, name.length);
    assertThat(writer.size()).isEqualTo(10);
    assertThat(writer.finish()).isEqualTo(fromText);
  }

  @Test
  void aWriterIsReadyForTheNextItem() {
    writer.name("a");
    writer.bool(true);
    writer.finish();
    assertThat(writer.size()).isZero();
    writer.name("b");
    writer.nothing();
    assertThat(ItemCodec.decode(writer.finish()))
        .isEqualTo(Map.of("b", AttributeValue.Null.INSTANCE));
  }

  @Test
  void anItemCanBeGivenUpInTheMiddle() {
    writer.name("a");
    writer.startList();
    writer.begin();
    assertThat(ItemCodec.decode(writer.finish())).isEmpty();
  }

  @Test
  void callsInTheWrongOrderAreRefused() {
    assertThatThrownBy(writer::endList).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::endMap).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::endSet).isInstanceOf(IllegalStateException.class);
    writer.name("a");
    writer.startList();
    assertThatThrownBy(() -> writer.name("b")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::endMap).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    writer.startSet(SetKind.STRINGS);
    assertThatThrownBy(() -> writer.bool(true)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.binary(Bytes.EMPTY)).isInstanceOf(IllegalStateException.class);
  }
}
