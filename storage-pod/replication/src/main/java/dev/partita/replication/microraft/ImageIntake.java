package dev.partita.replication.microraft;

import dev.partita.replication.GroupLimits;
import dev.partita.replication.Replica;
import dev.partita.replication.Scheduler.Lane;
import dev.partita.replication.StateMachine;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.InstallSnapshotRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The group's side of fetching an image: starts it when a leader's mark is out of reach, keeps the
/// image and the entries behind it until they reach the mark, and then lets the mark in. Only on
/// the group's lane, except {@link #running}.
final class ImageIntake {
  private final StateMachine machine;
  private final CoreExecutor executor;
  private final Lane snapshotLane;
  private final Life life;
  private final LongSupplier ids;
  private final LongSupplier applied;
  private final BooleanSupplier space;
  private final Sender sender;
  private final Consumer<InstallSnapshotRequest> letIn;

  private volatile @Nullable SnapshotFetch fetch;
  private long wanted;
  private boolean passed;
  private @Nullable StagedImage staged;
  private @Nullable InstallSnapshotRequest waiting;

  /// Sends to a replica.
  interface Sender {
    void send(Replica to, PeerMessage message);
  }

  /// @param ids new names for transfers
  /// @param applied where the state stands
  /// @param space whether there is space on the disk for an image; called on any thread
  /// @param letIn takes a mark that came before its image
  ImageIntake(
      StateMachine machine,
      CoreExecutor executor,
      Lane snapshotLane,
      Life life,
      LongSupplier ids,
      LongSupplier applied,
      BooleanSupplier space,
      Sender sender,
      Consumer<InstallSnapshotRequest> letIn) {
    this.machine = machine;
    this.executor = executor;
    this.snapshotLane = snapshotLane;
    this.life = life;
    this.ids = ids;
    this.applied = applied;
    this.space = space;
    this.sender = sender;
    this.letIn = letIn;
  }

  /// The fetch under way, for what comes from its source; on any thread.
  @Nullable SnapshotFetch running() {
    return fetch;
  }

  /// Whether image and entries reach that index, from where the state is now: an image that the
  /// state has passed meanwhile is of no use.
  boolean covers(long index) {
    StagedImage image = staged;
    return image != null && index <= image.last() && !isPassed(image);
  }

  private boolean isPassed(StagedImage image) {
    return image.position().index() <= applied.getAsLong();
  }

  /// A mark came that is out of reach, and an image has no space here: one that is under way, or
  /// waits for its mark, is given up.
  void giveUp() {
    waiting = null;
    stopFetch();
  }

  /// A mark came that is out of reach.
  void want(InstallSnapshotRequest mark) {
    waiting = mark;
    SnapshotFetch running = fetch;
    if (running == null) {
      start(Endpoint.replica(mark.getSender()), mark.getSnapshotIndex());
      return;
    }
    StagedImage image = staged;
    if (image != null) {
      snapshotLane.execute(isPassed(image) ? running::stop : running::more);
    }
  }

  private void start(Replica source, long atLeast) {
    SnapshotFetch started =
        new SnapshotFetch(
            ids.getAsLong(),
            source,
            atLeast,
            machine,
            space,
            snapshotLane,
            life,
            message -> sender.send(source, message),
            new SnapshotFetch.Listener() {
              @Override
              public void complete(StagedImage image) {
                executor.submit(() -> ImageIntake.this.complete(image));
              }

              @Override
              public void tail(List<LogEntry> entries) {
                executor.submit(() -> ImageIntake.this.tail(entries));
              }

              @Override
              public void ended() {
                executor.submit(ImageIntake.this::drop);
              }
            });
    fetch = started;
    wanted = atLeast;
    passed = false;
    snapshotLane.execute(started::ask);
  }

  /// The state went on: if it got by itself to where the image was to bring it, the transfer ends.
  void stopIfPassed() {
    if (fetch != null && !passed && wanted <= applied.getAsLong()) {
      passed = true;
      stopFetch();
    }
  }

  private void complete(StagedImage image) {
    staged = image;
    executor.scheduleReal(
        () -> {
          if (image.equals(staged)) {
            stopFetch();
          }
        },
        Duration.ofMillis(GroupLimits.SNAPSHOT_STAGED_MILLIS));
    tryWaiting();
  }

  private void tail(List<LogEntry> entries) {
    StagedImage image = staged;
    if (image == null) {
      return;
    }
    if (!image.isContinuedBy(entries)) {
      stopFetch();
      return;
    }
    image.add(entries);
    if (image.tailBytes() > GroupLimits.MAX_SNAPSHOT_TAIL_BYTES) {
      stopFetch();
    } else {
      tryWaiting();
    }
  }

  private void tryWaiting() {
    InstallSnapshotRequest mark = waiting;
    if (mark != null && covers(mark.getSnapshotIndex())) {
      waiting = null;
      letIn.accept(mark);
    }
  }

  /// Takes the image out for installation; the transfer is over.
  StagedImage take() {
    StagedImage image = staged;
    if (image == null) {
      throw new IllegalStateException("no image is staged");
    }
    staged = null;
    waiting = null;
    stopFetch();
    return image;
  }

  private void stopFetch() {
    SnapshotFetch running = fetch;
    if (running != null) {
      snapshotLane.execute(running::stop);
    }
  }

  /// The transfer has ended: what was not installed is thrown away.
  void drop() {
    fetch = null;
    waiting = null;
    StagedImage image = staged;
    staged = null;
    if (image != null) {
      image.writer().close();
    }
  }
}
