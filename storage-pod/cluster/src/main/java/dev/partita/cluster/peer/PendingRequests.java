package dev.partita.cluster.peer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The requests of one link that wait for an answer. {@link #add} may be called by any thread, the
/// rest on the link's event loop.
final class PendingRequests {

  /// One request. Whether it left this pod decides between "no effect" and "unknown".
  static final class Pending {
    private final long correlation;
    private final long deadlineNanos;
    private final CompletableFuture<PeerReply> reply = new CompletableFuture<>();
    private boolean left;

    Pending(long correlation, long deadlineNanos) {
      this.correlation = correlation;
      this.deadlineNanos = deadlineNanos;
    }

    long correlation() {
      return correlation;
    }

    CompletableFuture<PeerReply> reply() {
      return reply;
    }

    private PeerReply givenUp(String why) {
      return left ? new PeerReply.Lost(why) : new PeerReply.Unreachable(why);
    }
  }

  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong nextCorrelation = new AtomicLong(1);

  /// @return null if too many wait already
  @Nullable Pending add(long timeoutMillis) {
    if (count.incrementAndGet() > PeerLimits.MAX_REQUESTS_IN_FLIGHT) {
      count.decrementAndGet();
      return null;
    }
    long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
    Pending p = new Pending(nextCorrelation.getAndIncrement(), deadline);
    pending.put(p.correlation, p);
    return p;
  }

  int count() {
    return count.get();
  }

  /// Marks a request as leaving this pod.
  ///
  /// @return false if it was given up before: then it must not leave
  boolean leaves(Pending p) {
    if (!pending.containsKey(p.correlation)) {
      return false;
    }
    p.left = true;
    return true;
  }

  /// A request was thrown away before it left.
  void abandon(Pending p) {
    end(p, new PeerReply.Unreachable("connection lost before the request left"));
  }

  /// Takes an ANSWER frame. One that nobody waits for any more is no fault.
  void answer(byte[] body) throws FrameException {
    if (body.length < Long.BYTES + 1) {
      throw new FrameException("answer of " + body.length + " bytes");
    }
    AnswerStatus status = AnswerStatus.of(body[Long.BYTES]);
    if (status == null) {
      throw new FrameException("answer of status " + body[Long.BYTES]);
    }
    Pending p = pending.get(ByteBuffer.wrap(body).getLong());
    if (p == null) {
      return;
    }
    byte[] payload = Arrays.copyOfRange(body, Long.BYTES + 1, body.length);
    end(
        p,
        switch (status) {
          case DONE -> new PeerReply.Answer(payload);
          case REFUSED -> new PeerReply.Busy(PeerLink.text(payload));
          case FAILED -> new PeerReply.Lost(PeerLink.text(payload));
        });
  }

  /// Gives up what is overdue.
  void expire(long nowNanos) {
    for (Iterator<Pending> i = pending.values().iterator(); i.hasNext(); ) {
      Pending p = i.next();
      if (nowNanos - p.deadlineNanos >= 0) {
        end(p, p.givenUp("no answer in time"));
      }
    }
  }

  /// The connection is gone: gives up everything that left.
  void lose(String why) {
    for (Pending p : pending.values()) {
      end(p, p.givenUp(why));
    }
  }

  private void end(Pending p, PeerReply reply) {
    if (pending.remove(p.correlation, p)) {
      count.decrementAndGet();
      p.reply.complete(reply);
    }
  }
}
