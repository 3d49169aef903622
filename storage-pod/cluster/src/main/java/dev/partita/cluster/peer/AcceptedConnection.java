package dev.partita.cluster.peer;

import dev.partita.cluster.support.ByteBudget;
import dev.partita.replication.GroupId;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection that another pod dialled: hands its messages and requests on and writes the
/// answers back. Belongs to the acceptor's event loop; only answers come from other threads.
final class AcceptedConnection {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptedConnection.class);

  private final NetSocket socket;
  private final PeerAcceptor acceptor;
  private final PeerHandler handler;
  private final PeerMetrics metrics;
  private final Context context;
  private final FrameSender sender;
  private final FrameReader reader;

  /// Answers that wait, and a share of every request in service: asked before bytes are held.
  private final ByteBudget answerBudget = new ByteBudget(PeerLimits.MAX_QUEUED_ANSWER_BYTES);

  /// All that waits to be written, refusals too.
  private final ByteBudget waiting = new ByteBudget(PeerLimits.MAX_QUEUED_ANSWER_BYTES);

  private final long openedAt = System.nanoTime();
  private long heardAt = openedAt;
  private String pod = "";
  private boolean paused;
  private boolean closed;

  AcceptedConnection(
      NetSocket socket,
      Context context,
      PeerAcceptor acceptor,
      PeerHandler handler,
      PeerMetrics metrics) {
    this.socket = socket;
    this.context = context;
    this.acceptor = acceptor;
    this.handler = handler;
    this.metrics = metrics;
    sender = new FrameSender(context);
    reader = new FrameReader(this::frame, PeerLimits.MAX_HELLO_BYTES);
    socket.handler(this::read);
    socket.exceptionHandler(e -> LOG.debug("connection from '{}': {}", pod, e.toString()));
    socket.closeHandler(_ -> closed());
  }

  void tick(long now) {
    long silentMillis = (now - heardAt) / 1_000_000;
    boolean overdue =
        pod.isEmpty() && (now - openedAt) / 1_000_000 > PeerLimits.HELLO_TIMEOUT_MILLIS;
    // While we do not read, silence is our own doing.
    if (overdue || (!paused && silentMillis > 2 * PeerLimits.SILENCE_LIMIT_MILLIS)) {
      close();
    }
  }

  void close() {
    if (!closed) {
      closed();
      socket.handler(null);
      var _ = socket.close();
    }
  }

  private void closed() {
    if (!closed) {
      closed = true;
      sender.detach();
      acceptor.gone(this, pod);
    }
  }

  private void read(Buffer piece) {
    if (closed) {
      return;
    }
    heardAt = System.nanoTime();
    try {
      reader.feed(piece);
      if (!pod.isEmpty()) {
        reader.maxFrameBytes(PeerLimits.MAX_FRAME_BYTES);
      }
    } catch (StrangerException e) {
      // Our own link to that pod tells the log, once.
      close();
    } catch (FrameException e) {
      metrics.badFrame();
      LOG.warn(
          "closing a connection from {} ('{}'): {}", socket.remoteAddress(), pod, e.getMessage());
      close();
    }
  }

  private void frame(FrameKind kind, byte[] body) throws FrameException {
    if (closed) {
      return;
    }
    if (pod.isEmpty() != (kind == FrameKind.HELLO)) {
      throw new FrameException(kind + " out of place");
    }
    switch (kind) {
      case HELLO -> hello(Hello.decode(body));
      case MESSAGE -> message(body);
      case REQUEST -> request(body);
      case PING ->
          sender.offer(
              out -> {
                if (out != null) {
                  Frames.simple(out, FrameKind.PONG, Pong.encode(acceptor.leaving()));
                }
              });
      case PONG, ANSWER, REFUSED -> throw new FrameException(kind + " on a connection we accepted");
    }
  }

  private void hello(Hello theirs) throws FrameException {
    Hello ours;
    try {
      ours = acceptor.greeted(this, theirs);
    } catch (StrangerException e) {
      Buffer out = Buffer.buffer();
      Frames.simple(out, FrameKind.REFUSED, utf8(e.reason()));
      var _ = socket.write(out);
      throw e;
    }
    pod = theirs.from();
    Buffer out = Buffer.buffer();
    Frames.simple(out, FrameKind.HELLO, ours.encode());
    var _ = socket.write(out);
    sender.attach(socket);
  }

  private void message(byte[] body) throws FrameException {
    if (body.length < Long.BYTES) {
      throw new FrameException("message of " + body.length + " bytes");
    }
    long group = ByteBuffer.wrap(body).getLong();
    if (group <= 0) {
      throw new FrameException("message for group " + group);
    }
    handler.message(pod, new GroupId(group), Arrays.copyOfRange(body, Long.BYTES, body.length));
  }

  private void request(byte[] body) throws FrameException {
    if (body.length < Long.BYTES + 1) {
      throw new FrameException("request of " + body.length + " bytes");
    }
    long correlation = ByteBuffer.wrap(body).getLong();
    if (!answerBudget.tryTake(PeerLimits.ANSWER_RESERVE_BYTES)) {
      send(
          correlation, AnswerStatus.REFUSED, utf8("too many requests or answers are under way"), 0);
      return;
    }
    CompletableFuture<byte[]> answer;
    try {
      answer =
          handler.request(
              pod, body[Long.BYTES], Arrays.copyOfRange(body, Long.BYTES + 1, body.length));
    } catch (RuntimeException e) {
      LOG.error("request of operation {} from {} failed", body[Long.BYTES], pod, e);
      answer = CompletableFuture.failedFuture(e);
    }
    var _ =
        answer.whenComplete(
            (payload, failure) -> {
              if (failure != null) {
                answer(correlation, AnswerStatus.FAILED, utf8(String.valueOf(failure)));
              } else if (payload.length
                  > PeerLimits.MAX_FRAME_BYTES - Frames.REQUEST_OVERHEAD_BYTES) {
                answer(correlation, AnswerStatus.FAILED, utf8("the answer is too long"));
              } else {
                answer(correlation, AnswerStatus.DONE, payload);
              }
            });
  }

  /// Any thread. What is longer than its share of the bound must find room, or it is thrown away.
  private void answer(long correlation, AnswerStatus status, byte[] payload) {
    int bytes = Frames.REQUEST_OVERHEAD_BYTES + payload.length;
    int excess = bytes - PeerLimits.ANSWER_RESERVE_BYTES;
    if (excess > 0 && !answerBudget.tryTake(excess)) {
      // Whoever asked must take it for lost: a write was carried out.
      answer(correlation, AnswerStatus.FAILED, utf8("too many bytes of answers wait"));
      return;
    }
    if (excess < 0) {
      answerBudget.give(-excess);
    }
    send(correlation, status, payload, bytes);
  }

  /// Any thread. Above the bound of what waits the connection is not read until it left.
  ///
  /// @param held bytes of the budget for answers that go back when the answer leaves
  private void send(long correlation, AnswerStatus status, byte[] payload, int held) {
    int bytes = Frames.REQUEST_OVERHEAD_BYTES + payload.length;
    waiting.take(bytes);
    if (waiting.exhausted()) {
      context.runOnContext(_ -> pause());
    }
    sender.offer(
        out -> {
          waiting.give(bytes);
          answerBudget.give(held);
          if (out != null) {
            Frames.answer(out, correlation, status, payload);
            resume();
          }
        });
  }

  private void pause() {
    if (!closed && !paused && waiting.exhausted()) {
      paused = true;
      socket.pause();
    }
  }

  private void resume() {
    if (paused && !waiting.exhausted()) {
      paused = false;
      heardAt = System.nanoTime();
      socket.resume();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
