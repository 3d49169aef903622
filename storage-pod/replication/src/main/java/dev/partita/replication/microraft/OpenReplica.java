package dev.partita.replication.microraft;

import dev.partita.replication.GroupHostOptions;
import dev.partita.replication.GroupId;
import dev.partita.replication.GroupLimits;
import dev.partita.replication.LogStore;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.Replica;
import dev.partita.replication.Scheduler.Lane;
import dev.partita.replication.StateMachine;
import dev.partita.replication.Transport;
import dev.partita.replication.microraft.CoreMachine.Staged;
import dev.partita.replication.microraft.MessageCodec.Envelope;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Raft;
import io.microraft.RaftConfig;
import io.microraft.RaftNode;
import io.microraft.RaftNode.RaftNodeBuilder;
import io.microraft.impl.log.RaftLog;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One replica with all its parts, wired by hand on this page, and the ways of messages into it.
final class OpenReplica {

  /// What the host gives to every replica.
  ///
  /// @param snapshotLane where images are read and staged
  record Surroundings(
      LogStore logs,
      Transport transport,
      GroupHostOptions options,
      Lane snapshotLane,
      SnapshotServer snapshots) {}

  private final GroupId id;
  private final Replica self;
  private final StateMachine stateMachine;
  private final Surroundings around;
  private final Life life;
  private final CoreExecutor executor;
  private final CoreMachine machine;
  private final CoreView view;
  private final CoreTransport transport;
  private final MessageGate gate;
  private final MicroRaftGroup group;
  private final RaftNode node;

  /// The image that is being fetched, if any. Only on the group's lane.
  private boolean fetching;

  /// As `fetching`, for the snapshot lane.
  private volatile @Nullable SnapshotFetch fetch;

  /// Founds or restores the replica; blocks for the disk. To be called on the group's lane.
  ///
  /// @param restored null for a new group
  OpenReplica(
      GroupId id,
      Replica self,
      List<Replica> founders,
      @Nullable Restored restored,
      StateMachine stateMachine,
      Lane lane,
      Surroundings around) {
    this.id = id;
    this.self = self;
    this.stateMachine = stateMachine;
    this.around = around;
    GroupHostOptions options = around.options();
    GroupLog log =
        restored == null ? around.logs().create(id, self, founders) : around.logs().log(id);
    int kept = entriesKeptBehindMark(options);
    Random random = new Random(options.random().getAsLong());
    CoreTime time = new CoreTime(options.scheduler(), options.timing());
    this.view = new CoreView();

    this.life = new Life(id, self, options.faults(), this::ended);
    this.executor = new CoreExecutor(lane, life, time, random);
    CoreStore store =
        restored == null
            ? new CoreStore(log, life, view, kept, 0, null, 0, 0)
            : new CoreStore(
                log,
                life,
                view,
                kept,
                restored.term(),
                restored.votedFor(),
                restored.committed(),
                restored.baseIndex());
    Leadership leadership = new Leadership(id, self, stateMachine, life);
    this.machine =
        new CoreMachine(
            stateMachine,
            self.id(),
            life,
            options.random(),
            leadership::ownMark,
            this::imageInstalled);
    this.transport = new CoreTransport(id, self.id(), around.transport(), life, store);
    Proposals proposals =
        new Proposals(leadership, around.logs(), life, options.maxInFlightEntries());

    RaftNodeBuilder builder = RaftNode.newBuilder().setGroupId(id);
    if (restored == null) {
      builder.setLocalEndpoint(new Endpoint(self)).setInitialGroupMembers(Endpoint.of(founders));
    } else {
      Restoration restoration = new Restoration(restored);
      restoration.replay(machine);
      builder.setRestoredState(restoration.state(kept));
    }
    this.node =
        builder
            .setConfig(config(options, time))
            .setExecutor(executor)
            .setTransport(transport)
            .setStateMachine(machine)
            .setStore(store)
            .setRaftNodeReportListener(leadership)
            .setRandom(random)
            .setClock(time)
            .build();
    view.attach(node);
    this.gate =
        new MessageGate(
            view,
            transport,
            store,
            machine,
            around.logs(),
            this::fetchImage,
            message -> executor.inline(() -> node.handle(message)));
    this.group =
        new MicroRaftGroup(
            id,
            self,
            node,
            new ReplicaParts(
                life, view, executor, store, machine, transport, leadership, proposals));
  }

  private static int entriesKeptBehindMark(GroupHostOptions options) {
    return RaftLog.getMaxLogEntryCountToKeepAfterSnapshot(options.entriesPerSnapshotMark());
  }

  private static RaftConfig config(GroupHostOptions options, CoreTime time) {
    return RaftConfig.newBuilder()
        .setLeaderHeartbeatPeriodSecs(1)
        .setLeaderHeartbeatTimeoutSecs(options.timing().heartbeatsMissed())
        .setLeaderElectionTimeoutMillis(time.electionMillis())
        .setCommitCountToTakeSnapshot(options.entriesPerSnapshotMark())
        // Beside the proposals a new leader's epoch mark must always find its place.
        .setMaxPendingLogEntryCount(2 * options.maxInFlightEntries())
        .setAppendEntriesRequestBatchSize(options.maxInFlightEntries())
        .setTransferSnapshotsFromFollowersEnabled(false)
        // Nobody reads the periodic report.
        .setRaftNodeReportPublishPeriodSecs((int) Duration.ofDays(1).toSeconds())
        .build();
  }

  MicroRaftGroup group() {
    return group;
  }

  /// Lets the replica take part.
  CompletableFuture<?> start() {
    watchElections();
    return node.start();
  }

  /// Looks once per heartbeat whether the core forgot to call an election.
  private void watchElections() {
    executor.scheduleReal(
        () -> {
          view.reviveElection();
          watchElections();
        },
        around.options().timing().heartbeat());
  }

  /// On any thread.
  ///
  /// @return false if the message had to be dropped
  boolean receive(Envelope envelope) {
    if (envelope.to() != self.id() || life.isOver()) {
      return false;
    }
    Replica from = envelope.from();
    return switch (envelope.content()) {
      case Raft raft -> {
        if (executor.waiting() >= GroupLimits.MAX_WAITING_MESSAGES) {
          yield false;
        }
        executor.submit(() -> gate.accept(raft.message()));
        yield true;
      }
      case Fetch request ->
          onSnapshotLane(
              () ->
                  around
                      .snapshots()
                      .fetch(
                          id,
                          from,
                          request,
                          stateMachine,
                          life,
                          answer -> transport.send(from, answer)));
      case Piece piece ->
          onSnapshotLane(
              () -> {
                SnapshotFetch running = fetch;
                if (running != null) {
                  running.piece(from, piece);
                }
              });
      case NoImage no ->
          onSnapshotLane(
              () -> {
                SnapshotFetch running = fetch;
                if (running != null) {
                  running.noImage(from, no);
                }
              });
    };
  }

  private boolean onSnapshotLane(Runnable task) {
    if (around.snapshotLane().waiting() >= GroupLimits.MAX_WAITING_SNAPSHOT_MESSAGES) {
      return false;
    }
    around.snapshotLane().execute(task);
    return true;
  }

  private void imageInstalled() {
    gate.installed();
  }

  private void fetchImage(Replica source, long atLeast) {
    if (fetching) {
      return;
    }
    fetching = true;
    SnapshotFetch started =
        new SnapshotFetch(
            around.options().random().getAsLong(),
            source,
            atLeast,
            stateMachine,
            around.snapshotLane(),
            life,
            request -> transport.send(source, request),
            image -> executor.submit(() -> fetched(image)));
    fetch = started;
    around.snapshotLane().execute(started::ask);
  }

  private void fetched(@Nullable Staged image) {
    fetching = false;
    fetch = null;
    if (image != null) {
      machine.stage(image);
      executor.scheduleReal(
          () -> machine.unstage(image), Duration.ofMillis(GroupLimits.SNAPSHOT_STAGED_MILLIS));
    }
  }

  private void ended() {
    around.snapshotLane().execute(() -> around.snapshots().end(id));
    group.ended();
  }
}
