package dev.partita.cluster.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.GroupId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
  private record Seen(FrameKind kind, String bodyHex) {}

  private final List<Seen> seen = new ArrayList<>();
  private final FrameReader reader =
      new FrameReader(
          (kind, body) -> seen.add(new Seen(kind, HexFormat.of().formatHex(body))), 1 << 16);

  @Test
  void theBytesOfEveryKindOfFrameNeverChange() {
    assertThat(hex(out -> Frames.message(out, new GroupId(7), ascii("hi"))))
        .isEqualTo("00000010" + "01" + "02" + "41123267" + "0000000000000007" + "6869");
    assertThat(hex(out -> Frames.request(out, 0x1234, (byte) 5, ascii("ask"))))
        .isEqualTo("00000012" + "01" + "03" + "4aa3e66e" + "0000000000001234" + "05" + "61736b");
    assertThat(hex(out -> Frames.answer(out, 0x1234, AnswerStatus.REFUSED, ascii("no"))))
        .isEqualTo("00000011" + "01" + "04" + "1dfe6d3b" + "0000000000001234" + "01" + "6e6f");
    assertThat(hex(out -> Frames.simple(out, FrameKind.PING, new byte[0])))
        .isEqualTo("00000006" + "01" + "05" + "d732fbb9");
    assertThat(HexFormat.of().formatHex(new Hello("c", "pod-0", "pod-1", "d").encode()))
        .isEqualTo(
            "7061727469746100"
                + ("02" + "000163" + "0005706f642d30" + "0005706f642d31" + "000164"));
  }

  @Test
  void framesAreFoundWhateverPiecesTheyComeIn() throws FrameException {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      seen.clear();
      Buffer stream = Buffer.buffer();
      List<Seen> sent = new ArrayList<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        byte[] body = new byte[random.nextInt(300)];
        random.nextBytes(body);
        FrameKind kind = random.nextBoolean() ? FrameKind.MESSAGE : FrameKind.ANSWER;
        Frames.simple(stream, kind, body);
        sent.add(new Seen(kind, HexFormat.of().formatHex(body)));
      }
      for (int at = 0; at < stream.length(); ) {
        int n = Math.min(stream.length() - at, 1 + random.nextInt(64));
        reader.feed(stream.getBuffer(at, at + n));
        at += n;
      }
      assertThat(seen).isEqualTo(sent);
    }
  }

  @Test
  void aFlippedBitAnywhereIsNeverTakenForTheFrameThatWasSent() throws FrameException {
    Buffer good = Buffer.buffer();
    Frames.request(good, 99, (byte) 1, ascii("a body of some length"));
    for (int bit = 0; bit < good.length() * 8; bit++) {
      byte[] bytes = good.getBytes();
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      List<Seen> got = new ArrayList<>();
      FrameReader fresh = new FrameReader((kind, body) -> got.add(new Seen(kind, "")), 1 << 16);
      try {
        fresh.feed(Buffer.buffer(bytes));
      } catch (FrameException e) {
        assertThat(e).hasMessageContaining("frame");
      }
      // A longer length leaves the reader waiting; nothing else may come through.
      assertThat(got).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void randomBytesEndInAFrameExceptionOrInWaitingAndInNothingElse() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 6 && random.nextBoolean()) {
        // Plausible beginnings get deeper.
        bytes[0] = 0;
        bytes[1] = 0;
        bytes[2] = 0;
        bytes[4] = Frames.VERSION;
        bytes[5] = (byte) (1 + random.nextInt(6));
      }
      try {
        new FrameReader((_, _) -> {}, 1 << 10).feed(Buffer.buffer(bytes));
      } catch (FrameException e) {
        assertThat(e).hasMessageContaining("frame");
      }
    }
  }

  @Test
  void randomHellosEndInAFrameExceptionAndInNothingElse() {
    Random random = new Random(8);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new Hello("cluster", "pod-0", "pod-1", "data").encode();
      int flips = 1 + random.nextInt(4);
      for (int i = 0; i < flips; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
      try {
        assertThat(Hello.decode(cut).from()).isNotEmpty();
      } catch (FrameException e) {
        assertThat(e).hasMessageContaining("hello");
      }
    }
  }

  @Test
  void aFrameAboveTheBoundIsRefusedBeforeItsBodyCame() {
    Buffer head =
        Buffer.buffer().appendInt((1 << 16) - 3).appendByte((byte) 1).appendByte((byte) 2);
    head.appendInt(0);
    assertThatThrownBy(() -> reader.feed(head)).isInstanceOf(FrameException.class);
  }

  private interface Writer {
    void write(Buffer out);
  }

  private static String hex(Writer writer) {
    Buffer out = Buffer.buffer();
    writer.write(out);
    return HexFormat.of().formatHex(out.getBytes());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
