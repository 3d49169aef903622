package dev.partita.replication.microraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.microraft.MembershipCodec.Membership;
import dev.partita.replication.microraft.MessageCodec.Envelope;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import dev.partita.replication.microraft.Operation.Logged;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.Fetched;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Raft;
import dev.partita.replication.microraft.PeerMessage.Tail;
import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.RaftMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
  private static final RaftModelFactory MODELS = new DefaultRaftModelFactory();
  private static final Replica SENDER = new Replica("pod-1", 11);
  private static final RaftEndpoint FROM = new Endpoint(SENDER);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RaftMessage append(Logged... operations) {
    List<LogEntry> entries = new ArrayList<>();
    for (Logged operation : operations) {
      entries.add(EntriesCodec.entry(42 + entries.size(), 6, operation));
    }
    return MODELS
        .createAppendEntriesRequestBuilder()
        .setGroupId("")
        .setSender(FROM)
        .setTerm(7)
        .setPreviousLogTerm(5)
        .setPreviousLogIndex(41)
        .setCommitIndex(40)
        .setQuerySequenceNumber(3)
        .setFlowControlSequenceNumber(9)
        .setLogEntries(entries)
        .build();
  }

  /// Bytes that other versions must understand: never edited, only added to.
  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(
            "append",
            new Raft(append(new EpochMark(11, 0x0102030405060708L), new Command(42, bytes("ab")))),
            "0101000000000000000c000000000000000b00000007000000050000000000000029000000000000002800"
                + "000000000000030000000000000009000000000000002a0000000200000006010000001000000000"
                + "0000000b0102030405060708000000060200"
                + "00000a000000000000002a6162"),
        Arguments.of(
            "appended",
            new Raft(
                MODELS
                    .createAppendEntriesSuccessResponseBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(7)
                    .setLastLogIndex(43)
                    .setQuerySequenceNumber(3)
                    .setFlowControlSequenceNumber(9)
                    .build()),
            "0102000000000000000c000000000000000b00000007000000000000002b00000000000000030000000000"
                + "000009"),
        Arguments.of(
            "append rejected",
            new Raft(
                MODELS
                    .createAppendEntriesFailureResponseBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(7)
                    .setExpectedNextIndex(42)
                    .setQuerySequenceNumber(3)
                    .setFlowControlSequenceNumber(9)
                    .build()),
            "0103000000000000000c000000000000000b00000007000000000000002a00000000000000030000000000"
                + "000009"),
        Arguments.of(
            "snapshot mark",
            new Raft(
                MODELS
                    .createInstallSnapshotRequestBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(7)
                    .setSenderLeader(true)
                    .setSnapshotTerm(5)
                    .setSnapshotIndex(256)
                    .setTotalSnapshotChunkCount(1)
                    .setSnapshottedMembers(List.of(FROM))
                    .setGroupMembersView(Marks.view(new Membership(0, List.of(SENDER))))
                    .setQuerySequenceNumber(3)
                    .setFlowControlSequenceNumber(9)
                    .build()),
            "0104000000000000000c000000000000000b0000000700000005000000000000010000000000000000000000"
                + "0001000000000000000b00000005706f642d310000000000000003"
                + "0000000000000009"),
        Arguments.of(
            "pre-vote",
            new Raft(
                MODELS
                    .createPreVoteRequestBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(8)
                    .setLastLogTerm(7)
                    .setLastLogIndex(43)
                    .build()),
            "0105000000000000000c000000000000000b0000000800000007000000000000002b"),
        Arguments.of(
            "pre-vote answer",
            new Raft(
                MODELS
                    .createPreVoteResponseBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(8)
                    .setGranted(true)
                    .build()),
            "0106000000000000000c000000000000000b0000000801"),
        Arguments.of(
            "vote",
            new Raft(
                MODELS
                    .createVoteRequestBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(8)
                    .setLastLogTerm(7)
                    .setLastLogIndex(43)
                    .setSticky(true)
                    .build()),
            "0107000000000000000c000000000000000b0000000800000007000000000000002b01"),
        Arguments.of(
            "vote answer",
            new Raft(
                MODELS
                    .createVoteResponseBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(8)
                    .setGranted(false)
                    .build()),
            "0108000000000000000c000000000000000b0000000800"),
        Arguments.of(
            "take over",
            new Raft(
                MODELS
                    .createTriggerLeaderElectionRequestBuilder()
                    .setGroupId("")
                    .setSender(FROM)
                    .setTerm(7)
                    .setLastLogTerm(7)
                    .setLastLogIndex(43)
                    .build()),
            "0109000000000000000c000000000000000b0000000700000007000000000000002b"),
        Arguments.of(
            "fetch",
            new Fetch(-2, 256, 3),
            "0110000000000000000c000000000000000bfffffffffffffffe000000000000010000000003"),
        Arguments.of(
            "piece",
            new Piece(-2, 3, new Position(300, 257), 5, false, bytes("xyz")),
            "0111000000000000000c000000000000000bfffffffffffffffe00000003000000000000012c0000000000"
                + "00010100000005000000000378797a"),
        Arguments.of(
            "tail",
            new Tail(-2, 4, List.of(EntriesCodec.entry(301, 5, new Command(257, bytes("ab"))))),
            "0114000000000000000c000000000000000bfffffffffffffffe00000004000000000000012d00000001"
                + "00000005020000000a00000000000001016162"),
        Arguments.of(
            "empty tail",
            new Tail(-2, 4, List.of()),
            "0114000000000000000c000000000000000bfffffffffffffffe00000004000000000000000000000000"),
        Arguments.of(
            "fetched", new Fetched(-2), "0113000000000000000c000000000000000bfffffffffffffffe"),
        Arguments.of(
            "no image", new NoImage(-2), "0112000000000000000c000000000000000bfffffffffffffffe"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void theBytesOfMessagesNeverChange(String name, PeerMessage message, String hex) {
    byte[] encoded = MessageCodec.encode(12, 11, message);
    String withoutChecksum = HexFormat.of().formatHex(encoded, 0, encoded.length - 4);
    assertThat(withoutChecksum).as(name).isEqualTo(hex);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void aMessageComesOutAsItWentIn(String name, PeerMessage message, String hex) {
    byte[] encoded = MessageCodec.encode(12, 11, message);
    Envelope decoded = MessageCodec.decode("pod-1", encoded);
    assertThat(decoded.to()).isEqualTo(12);
    assertThat(decoded.from()).isEqualTo(SENDER);
    assertThat(MessageCodec.encode(12, 11, decoded.content())).as(name).isEqualTo(encoded);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  void anyDamageIsNoticed(String name, PeerMessage message, String hex) {
    byte[] encoded = MessageCodec.encode(12, 11, message);
    for (int i = 0; i < encoded.length; i++) {
      byte[] damaged = encoded.clone();
      damaged[i] ^= 0x10;
      assertMalformed(damaged);
      assertMalformed(Arrays.copyOf(encoded, i));
    }
    assertMalformed(Arrays.copyOf(encoded, encoded.length + 1));
  }

  @Test
  void aDamagedMessageWithAGoodChecksumIsEitherReadOrRefused() {
    Random random = new Random(1);
    List<byte[]> messages =
        golden()
            .map(a -> Objects.requireNonNull((PeerMessage) a.get()[1]))
            .map(m -> MessageCodec.encode(12, 11, m))
            .toList();
    for (int i = 0; i < 20_000; i++) {
      byte[] message = messages.get(random.nextInt(messages.size())).clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        message[random.nextInt(message.length - 4)] = (byte) random.nextInt(256);
      }
      byte[] body = Arrays.copyOf(message, message.length - random.nextInt(4));
      CRC32C crc = new CRC32C();
      crc.update(body, 0, body.length - 4);
      ByteBuffer.wrap(body).putInt(body.length - 4, (int) crc.getValue());
      try {
        Envelope envelope = MessageCodec.decode("pod-1", body);
        assertThat(envelope.to()).isPositive();
      } catch (MalformedMessageException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  void anAppendCarriesNoMoreThanABatchOfBytesAndAtLeastOneEntry() {
    byte[] half = new byte[GroupLimits.APPEND_BATCH_BYTES / 2];
    Command command = new Command(42, half);
    AppendEntriesRequest two = decodedAppend(append(command, command, command));
    assertThat(two.getLogEntries()).hasSize(1);
    byte[] huge = new byte[GroupLimits.MAX_ENTRY_BYTES];
    AppendEntriesRequest one = decodedAppend(append(new Command(42, huge), command));
    assertThat(one.getLogEntries()).hasSize(1);
    byte[] third = new byte[GroupLimits.APPEND_BATCH_BYTES / 3];
    Command small = new Command(42, third);
    assertThat(decodedAppend(append(small, small, small)).getLogEntries()).hasSize(2);
  }

  @Test
  void theLongestMessageIsWithinItsBound() {
    byte[] nearlyABatch = new byte[GroupLimits.APPEND_BATCH_BYTES - 100];
    byte[] huge = new byte[GroupLimits.MAX_ENTRY_BYTES];
    byte[] message =
        MessageCodec.encode(
            12, 11, new Raft(append(new Command(42, nearlyABatch), new Command(42, huge))));
    assertThat(message.length).isLessThanOrEqualTo(GroupLimits.MAX_MESSAGE_BYTES);
    byte[] alone = MessageCodec.encode(12, 11, new Raft(append(new Command(42, huge))));
    assertThat(alone.length).isLessThanOrEqualTo(GroupLimits.MAX_MESSAGE_BYTES);
  }

  private static AppendEntriesRequest decodedAppend(RaftMessage message) {
    byte[] encoded = MessageCodec.encode(12, 11, new Raft(message));
    Raft raft = (Raft) MessageCodec.decode("pod-1", encoded).content();
    return (AppendEntriesRequest) raft.message();
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> MessageCodec.decode("pod-1", bytes))
        .isInstanceOf(MalformedMessageException.class);
  }
}
