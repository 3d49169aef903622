package dev.partita.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.Replica;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The bytes of the log, held by golden files that are never edited.
class LogFormatTest {

  private static final Replica A = new Replica("pod-a", 1);
  private static final Replica B = new Replica("zone-b-\u00fc", 0x1122334455667788L);

  private static final Map<String, LogOp> OPS = new LinkedHashMap<>();

  static {
    OPS.put("entry", new LogOp.Entry(7, new LogRecord(300, 2, (byte) 3, new byte[] {9, 8, 7})));
    OPS.put("entry-empty", new LogOp.Entry(1, new LogRecord(1, 1, (byte) 0, new byte[0])));
    OPS.put("copy", new LogOp.Copy(7, new LogRecord(300, 2, (byte) 3, new byte[] {9, 8, 7})));
    OPS.put("truncate", new LogOp.Truncate(7, 299));
    OPS.put("vote", new LogOp.Vote(7, 4, B));
    OPS.put("vote-none", new LogOp.Vote(7, 4, null));
    OPS.put("committed", new LogOp.Committed(7, 250));
    OPS.put("reset", new LogOp.Reset(7, 1000, 5, new byte[] {1, 2}));
    OPS.put("cut", new LogOp.Cut(7, 200, 1, new byte[] {3}));
    OPS.put("created", new LogOp.Created(7, A, List.of(A, B)));
    OPS.put("removed", new LogOp.Removed(7));
    OPS.put(
        "state", new LogOp.State(7, A, List.of(A, B), 4, B, new byte[] {1, 2}, 200, 1, 250, 300));
  }

  private static Map<String, String> golden() {
    Map<String, String> lines = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(LogFormatTest.class.getResourceAsStream("/golden/log.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> lines.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static byte[] encode(LogOp op) {
    ByteBuffer out = ByteBuffer.allocate(LogOpCodec.sizeOf(op));
    LogOpCodec.encode(op, out);
    assertThat(out.hasRemaining()).as("the size is exact").isFalse();
    return out.array();
  }

  private static byte[] frame() {
    ByteBuffer frame = ByteBuffer.allocate(200).position(Frame.HEADER_BYTES);
    LogOpCodec.encode(Objects.requireNonNull(OPS.get("entry")), frame);
    LogOpCodec.encode(Objects.requireNonNull(OPS.get("vote-none")), frame);
    Frame.seal(frame, Frame.OPERATIONS, 0x0102030405060708L, 42);
    return Arrays.copyOf(frame.array(), frame.limit());
  }

  @Test
  void operationsHaveTheirGoldenBytes() {
    Map<String, String> golden = golden();
    OPS.forEach(
        (name, op) ->
            assertThat(HexFormat.of().formatHex(encode(op))).as(name).isEqualTo(golden.get(name)));
  }

  @Test
  void aFrameHasItsGoldenBytes() {
    assertThat(HexFormat.of().formatHex(frame())).isEqualTo(golden().get("frame"));
  }

  @Test
  void operationsAreReadFromTheirGoldenBytes() throws LogOpCodec.MalformedOpException {
    Map<String, String> golden = golden();
    for (String name : OPS.keySet()) {
      byte[] bytes = HexFormat.of().parseHex(Objects.requireNonNull(golden.get(name)));
      ByteBuffer in = ByteBuffer.wrap(bytes);
      assertThat(encode(LogOpCodec.decode(in))).as(name).isEqualTo(bytes);
      assertThat(in.hasRemaining()).isFalse();
    }
  }

  @Test
  void shortenedOperationsAreRefused() {
    OPS.forEach(
        (name, op) -> {
          byte[] whole = encode(op);
          for (int length = 0; length < whole.length; length++) {
            ByteBuffer in = ByteBuffer.wrap(whole, 0, length).slice();
            assertThatThrownBy(() -> LogOpCodec.decode(in))
                .as("%s of %s bytes", name, in.limit())
                .isInstanceOf(LogOpCodec.MalformedOpException.class);
          }
        });
  }

  @Test
  void anyBytesGiveAnOperationOrARefusal() {
    Random random = new Random(11);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] noise = new byte[random.nextInt(80)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = (byte) random.nextInt(12);
      }
      try {
        LogOpCodec.decode(ByteBuffer.wrap(noise));
        read++;
      } catch (LogOpCodec.MalformedOpException _) {
        // Refused by its name, which is all that is asked.
      }
    }
    assertThat(read).isPositive();
  }
}
