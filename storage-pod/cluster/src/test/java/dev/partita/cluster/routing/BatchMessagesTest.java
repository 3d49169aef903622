package dev.partita.cluster.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.command.CommandCodec;
import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchMessagesTest {
  private static final List<PrimaryKey> KEYS =
      List.of(
          new PrimaryKey("id", new AttributeValue.S("a"), null, null),
          new PrimaryKey("id", new AttributeValue.S("b"), null, null));

  @Test
  void readsComeAsTheyWereSent() {
    assertThat(BatchMessages.decodeReads(BatchMessages.reads(7, KEYS, true)))
        .isEqualTo(new BatchMessages.Reads(7, KEYS, true));
  }

  @Test
  void writesComeAsTheyWereSent() {
    List<WriteCommand> commands =
        KEYS.stream()
            .<WriteCommand>map(
                key -> new WriteCommand.Delete(3, key, null, ReturnValues.NONE, false))
            .toList();
    assertThat(BatchMessages.decodeWrites(BatchMessages.writes(7, commands)))
        .isEqualTo(new BatchMessages.Writes(7, commands));
  }

  @Test
  void everyItemHasAReplyOfItsOwn() {
    List<PartitionReply<ReadOutcome>> replies =
        List.of(
            new PartitionReply.Answer<>(ReadOutcome.Missing.INSTANCE),
            new PartitionReply.NotLeader<>("pod-1"),
            new PartitionReply.WrongRange<>());
    assertThat(
            BatchMessages.decodeReplies(
                BatchMessages.replies(replies, CommandCodec::encode),
                CommandCodec::decodeReadOutcome))
        .isEqualTo(replies);
  }

  @Test
  void whatIsCutOffOrTooLongIsCorrupt() {
    byte[] whole = BatchMessages.reads(7, KEYS, true);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> BatchMessages.decodeReads(cut))
          .isInstanceOf(CorruptDataException.class);
    }
    assertThatThrownBy(() -> BatchMessages.decodeReads(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(CorruptDataException.class);
  }
}
