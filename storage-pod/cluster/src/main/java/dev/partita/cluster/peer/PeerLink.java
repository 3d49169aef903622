package dev.partita.cluster.peer;

import dev.partita.cluster.support.ByteBudget;
import dev.partita.replication.GroupId;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection that this pod dials to one other pod: carries our consensus messages and requests
/// there and the answers back. It comes back by itself after every loss. All state belongs to one
/// event loop; {@link #send}, {@link #request} and {@link #up} may be called by any thread.
final class PeerLink {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

  private final Hello hello;
  private final Acquaintances acquaintances;
  private final Runnable met;
  private final Vertx vertx;
  private final Dialler dialler;
  private final FrameSender sender;
  private final PendingRequests requests;
  private final ByteBudget messageBudget = new ByteBudget(PeerLimits.MAX_QUEUED_MESSAGE_BYTES);
  private final ByteBudget requestBudget = new ByteBudget(PeerLimits.MAX_QUEUED_REQUEST_BYTES);
  private final PeerMetrics metrics;
  private final Counter dropped;
  private final Counter refused;
  private final Counter connects;

  private volatile boolean up;
  private volatile boolean leaving;
  private boolean closed;
  private int failures;
  private String refusal = "";
  private long patienceMillis = PeerLimits.FIRST_COMPLAINT_MILLIS;
  private long patientSince = System.nanoTime();
  private @Nullable NetSocket socket;
  private long openedAt;
  private long heardAt;
  private long pingedAt;

  /// @param context event loop to live on; {@link #open} must be called on it
  /// @param met called when the other pod knows us and we know it, on the context; may be repeated
  PeerLink(
      Vertx vertx,
      Context context,
      Hello hello,
      Acquaintances acquaintances,
      Runnable met,
      Dialler dialler,
      PeerMetrics metrics) {
    this.vertx = vertx;
    this.hello = hello;
    this.acquaintances = acquaintances;
    this.met = met;
    this.dialler = dialler;
    this.metrics = metrics;
    sender = new FrameSender(context);
    requests = new PendingRequests();
    dropped = metrics.droppedMessages(hello.to());
    refused = metrics.refusedRequests(hello.to());
    connects = metrics.connects(hello.to());
    metrics.queuedBytes(hello.to(), () -> messageBudget.used() + requestBudget.used());
    metrics.requestsInFlight(hello.to(), requests::count);
  }

  /// On the context: starts to connect, and goes on until {@link #close}.
  void open() {
    vertx.setPeriodic(
        PeerLimits.TICK_MILLIS,
        timer -> {
          if (closed) {
            vertx.cancelTimer(timer);
          } else {
            tick();
          }
        });
    connect();
  }

  boolean up() {
    return up;
  }

  /// Whether the other pod has said on this connection that it will soon go.
  boolean leaving() {
    return leaving;
  }

  /// Sends a consensus message, or drops and counts it.
  void send(GroupId group, byte[] message) {
    int bytes = Frames.MESSAGE_OVERHEAD_BYTES + message.length;
    if (!up || bytes > PeerLimits.MAX_FRAME_BYTES || !messageBudget.tryTake(bytes)) {
      dropped.increment();
      return;
    }
    sender.offer(
        out -> {
          messageBudget.give(bytes);
          if (out == null) {
            dropped.increment();
          } else {
            Frames.message(out, group, message);
          }
        });
  }

  CompletableFuture<PeerReply> request(byte operation, byte[] body, long timeoutMillis) {
    int bytes = Frames.REQUEST_OVERHEAD_BYTES + body.length;
    if (!up) {
      return CompletableFuture.completedFuture(
          new PeerReply.Unreachable("no connection to " + hello.to()));
    }
    if (bytes > PeerLimits.MAX_FRAME_BYTES || !requestBudget.tryTake(bytes)) {
      refused.increment();
      return CompletableFuture.completedFuture(
          new PeerReply.Busy("too many bytes wait for " + hello.to()));
    }
    PendingRequests.Pending pending = requests.add(timeoutMillis);
    if (pending == null) {
      requestBudget.give(bytes);
      refused.increment();
      return CompletableFuture.completedFuture(
          new PeerReply.Busy("too many requests to " + hello.to()));
    }
    sender.offer(
        out -> {
          requestBudget.give(bytes);
          if (out == null) {
            requests.abandon(pending);
          } else if (requests.leaves(pending)) {
            Frames.request(out, pending.correlation(), operation, body);
          }
        });
    return pending.reply();
  }

  /// On the context: for good.
  Future<Void> close() {
    closed = true;
    NetSocket s = socket;
    if (s == null) {
      down("closed");
    } else {
      var _ = s.close();
    }
    return dialler.close();
  }

  private void connect() {
    dialler
        .dial()
        .onComplete(
            result -> {
              if (closed) {
                if (result.succeeded()) {
                  var _ = result.result().close();
                }
              } else if (result.succeeded()) {
                connected(result.result());
              } else {
                complain(String.valueOf(result.cause()));
                reconnectLater();
              }
            });
  }

  private void connected(NetSocket s) {
    socket = s;
    openedAt = System.nanoTime();
    heardAt = openedAt;
    FrameReader reader = new FrameReader(this::frame, PeerLimits.MAX_HELLO_BYTES);
    s.handler(
        piece -> {
          heardAt = System.nanoTime();
          try {
            reader.feed(piece);
            if (up) {
              reader.maxFrameBytes(PeerLimits.MAX_FRAME_BYTES);
            }
          } catch (StrangerException e) {
            refused(e.reason());
            giveUp(s);
          } catch (FrameException e) {
            metrics.badFrame();
            LOG.warn("pod {} sent a bad frame, closing: {}", hello.to(), e.getMessage());
            giveUp(s);
          }
        });
    s.exceptionHandler(
        e -> {
          LOG.debug("connection to {}: {}", hello.to(), e.toString());
          // In TLS 1.3 the other side's opinion of our certificate comes after the handshake.
          if (!up && e instanceof SSLException) {
            complain(e.toString());
          }
        });
    s.closeHandler(
        _ -> {
          if (socket == s) {
            socket = null;
            down("connection to " + hello.to() + " lost");
            if (!closed) {
              reconnectLater();
            }
          }
        });
    Buffer out = Buffer.buffer();
    Frames.simple(out, FrameKind.HELLO, hello.encode());
    var _ = s.write(out);
  }

  private static void giveUp(NetSocket s) {
    s.pause();
    s.handler(null);
    var _ = s.close();
  }

  /// Once per reason, since every new attempt will be refused like this one.
  private void refused(String why) {
    if (!refusal.equals(why)) {
      refusal = why;
      LOG.error("no connection to pod {}: {}", hello.to(), why);
    }
  }

  /// Says why there is no connection, ever more seldom: pods that start or are restarted together
  /// miss each other for a moment, and one that is gone for days is no news.
  private void complain(String why) {
    long now = System.nanoTime();
    if ((now - patientSince) / 1_000_000 >= patienceMillis) {
      LOG.warn("no connection to pod {}: {}", hello.to(), why);
      patientSince = now;
      patienceMillis = Math.min(2 * patienceMillis, PeerLimits.MAX_COMPLAINT_MILLIS);
    }
  }

  private void frame(FrameKind kind, byte[] body) throws FrameException {
    boolean greeting = kind == FrameKind.HELLO || kind == FrameKind.REFUSED;
    if (up == greeting) {
      throw new FrameException(kind + " out of place");
    }
    switch (kind) {
      case HELLO -> {
        Hello theirs = Hello.decode(body);
        if (!theirs.equals(hello.answerWith(theirs.data()))) {
          throw new FrameException("hello out of place: " + theirs);
        }
        acquaintances.meet(theirs.from(), theirs.data());
        NetSocket s = socket;
        if (s == null) {
          return;
        }
        up = true;
        failures = 0;
        connects.increment();
        LOG.info("connected to pod {}", hello.to());
        refusal = "";
        sender.attach(s);
        met.run();
      }
      case REFUSED -> refused(text(body));
      case ANSWER -> requests.answer(body);
      case PONG -> leaving = Pong.leaving(body);
      case PING, MESSAGE, REQUEST -> throw new FrameException(kind + " on a connection we dialled");
    }
  }

  private void tick() {
    long now = System.nanoTime();
    requests.expire(now);
    NetSocket s = socket;
    if (s == null) {
      return;
    }
    long silentMillis = (now - heardAt) / 1_000_000;
    if (up ? silentMillis > PeerLimits.SILENCE_LIMIT_MILLIS : overdue(now)) {
      if (up) {
        LOG.warn("pod {} is silent for {} ms, closing", hello.to(), silentMillis);
      }
      abort(s);
    } else if (up && (now - pingedAt) / 1_000_000 >= PeerLimits.PING_INTERVAL_MILLIS) {
      pingedAt = now;
      sender.offer(
          out -> {
            if (out != null) {
              Frames.simple(out, FrameKind.PING, new byte[0]);
            }
          });
    }
  }

  private boolean overdue(long now) {
    return (now - openedAt) / 1_000_000 > PeerLimits.HELLO_TIMEOUT_MILLIS;
  }

  /// Gives a socket up at once: closing it in order may wait for a peer that takes nothing.
  private void abort(NetSocket s) {
    socket = null;
    down("pod " + hello.to() + " is silent");
    s.handler(null);
    var _ = s.close();
    reconnectLater();
  }

  private void down(String why) {
    if (up) {
      LOG.info("{}", why);
      patientSince = System.nanoTime();
      patienceMillis = PeerLimits.FIRST_COMPLAINT_MILLIS;
    }
    up = false;
    leaving = false;
    sender.detach();
    requests.lose(why);
  }

  private void reconnectLater() {
    long pause =
        Math.min(
            PeerLimits.RECONNECT_MAX_MILLIS,
            PeerLimits.RECONNECT_MIN_MILLIS << Math.min(failures, 10));
    failures++;
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
    vertx.setTimer(
        jittered,
        _ -> {
          if (!closed && socket == null) {
            connect();
          }
        });
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
