package dev.partita.model.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Operand;
import dev.partita.model.expression.Path;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.DynamoNumber;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandCodecTest {

  private static final PrimaryKey KEY =
      new PrimaryKey(
          "pk", new AttributeValue.S("a"), "sk", new AttributeValue.N(DynamoNumber.parse("-1.5")));

  @Test
  void aPutComesBackAsItWas() {
    WriteCommand put =
        new WriteCommand.Put(
            7,
            KEY,
            ItemCodec.encode(Map.of("pk", new AttributeValue.S("a"))),
            3,
            new Condition.Compare(
                new Operand.Size(new Operand.At(Path.of("x"))),
                Condition.Comparator.LE,
                new Operand.Literal(new AttributeValue.L(List.of()))),
            ReturnValues.ALL_OLD,
            true);
    assertThat(CommandCodec.decodeWriteCommand(CommandCodec.encode(put))).isEqualTo(put);
  }

  @Test
  void aKeyComesBackAsItWas() {
    assertThat(CommandCodec.decodePrimaryKey(CommandCodec.encode(KEY))).isEqualTo(KEY);
  }

  @Test
  void outcomesComeBackAsTheyWere() {
    WriteOutcome written = new WriteOutcome.Written(null, 0, 12);
    assertThat(CommandCodec.decodeWriteOutcome(CommandCodec.encode(written))).isEqualTo(written);
    ReadOutcome missing = ReadOutcome.Missing.INSTANCE;
    assertThat(CommandCodec.decodeReadOutcome(CommandCodec.encode(missing))).isEqualTo(missing);
  }
}
