package dev.partita.replication.microraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.Replica;
import dev.partita.replication.microraft.MembershipCodec.Membership;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationCodecTest {

  @Test
  void theBytesOfLogEntriesNeverChange() {
    assertThat(hex(OperationCodec.body(new EpochMark(11, -2))))
        .isEqualTo("000000000000000bfffffffffffffffe");
    assertThat(OperationCodec.kind(new EpochMark(11, -2))).isEqualTo((byte) 1);
    Command command = new Command(258, new byte[] {1, 2, 3});
    assertThat(hex(OperationCodec.body(command))).isEqualTo("0000000000000102010203");
    assertThat(OperationCodec.kind(command)).isEqualTo((byte) 2);
  }

  @Test
  void aLogEntryComesOutAsItWentIn() {
    assertThat(OperationCodec.read((byte) 1, OperationCodec.body(new EpochMark(11, -2))))
        .isEqualTo(new EpochMark(11, -2));
    assertThat(OperationCodec.read((byte) 2, OperationCodec.body(new Command(9, new byte[] {7}))))
        .isInstanceOfSatisfying(
            Command.class,
            command -> {
              assertThat(command.epoch()).isEqualTo(9);
              assertThat(command.payload()).containsExactly(7);
            });
  }

  @Test
  void whatIsNoLogEntryIsRefused() {
    assertMalformed(0, new byte[16]);
    assertMalformed(3, new byte[16]);
    assertMalformed(1, new byte[15]);
    assertMalformed(1, new byte[17]);
    assertMalformed(1, new byte[16]);
    assertMalformed(2, new byte[7]);
    assertMalformed(2, HexFormat.of().parseHex("ffffffffffffffff00"));
    assertMalformed(2, new byte[GroupLimits.MAX_ENTRY_BYTES + 9]);
  }

  private static void assertMalformed(int kind, byte[] body) {
    assertThatThrownBy(() -> OperationCodec.read((byte) kind, body))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void theBytesOfMembersNeverChange() {
    Membership members = new Membership(5, List.of(new Replica("a", 1), new Replica("pod-ü", 2)));
    byte[] encoded = MembershipCodec.encode(members);
    assertThat(hex(encoded))
        .isEqualTo(
            "01000000000000000500000002"
                + "00000000000000010000000161"
                + "000000000000000200000006706f642dc3bc");
    assertThat(MembershipCodec.decode(encoded)).isEqualTo(members);
  }

  @Test
  void damagedMembersAreRefused() {
    byte[] encoded = MembershipCodec.encode(new Membership(5, List.of(new Replica("a", 1))));
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> MembershipCodec.decode(cut))
          .isInstanceOf(MalformedMessageException.class);
    }
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertThatThrownBy(() -> MembershipCodec.decode(longer))
        .isInstanceOf(MalformedMessageException.class);
    byte[] newer = encoded.clone();
    newer[0] = 2;
    assertThatThrownBy(() -> MembershipCodec.decode(newer))
        .isInstanceOf(MalformedMessageException.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
