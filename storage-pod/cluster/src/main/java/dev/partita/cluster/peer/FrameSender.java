package dev.partita.cluster.peer;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Gathers frames of all threads into few writes to one socket: the first offer schedules a run on
/// the event loop, and the run takes all that has come by then. A socket that is full is left alone
/// until it drains; frames wait here, under the byte bounds of those who offer them.
final class FrameSender {

  /// One frame to be written.
  interface Item {
    /// Called once, when the item leaves the queue, written or not.
    ///
    /// @param out where to write; null if the item is thrown away
    void take(@Nullable Buffer out);
  }

  private final Context context;
  private final ConcurrentLinkedQueue<Item> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private @Nullable NetSocket socket;

  FrameSender(Context context) {
    this.context = context;
  }

  /// Any thread.
  void offer(Item item) {
    queue.add(item);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      context.runOnContext(_ -> flush());
    }
  }

  /// On the context: items go to this socket from now on.
  void attach(NetSocket to) {
    socket = to;
    to.setWriteQueueMaxSize(PeerLimits.SOCKET_QUEUE_BYTES);
    to.drainHandler(_ -> flush());
    flush();
  }

  /// On the context: throws away what waits, and what comes until the next {@link #attach}.
  void detach() {
    socket = null;
    flush();
  }

  private void flush() {
    scheduled.set(false);
    NetSocket to = socket;
    if (to == null) {
      for (Item item = queue.poll(); item != null; item = queue.poll()) {
        item.take(null);
      }
      return;
    }
    while (!to.writeQueueFull()) {
      Buffer batch = Buffer.buffer(1 << 10);
      while (batch.length() < PeerLimits.WRITE_BATCH_BYTES) {
        Item item = queue.poll();
        if (item == null) {
          break;
        }
        item.take(batch);
      }
      if (batch.length() == 0) {
        return;
      }
      // A write that fails closes the socket, which its close handler tells.
      var _ = to.write(batch);
    }
  }
}
