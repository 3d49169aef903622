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
import dev.partita.replication.StateMachine.SnapshotReader;
import dev.partita.replication.Transport;
import dev.partita.replication.microraft.MessageCodec.Envelope;
import dev.partita.replication.microraft.PeerMessage.Fetch;
import dev.partita.replication.microraft.PeerMessage.Fetched;
import dev.partita.replication.microraft.PeerMessage.NoImage;
import dev.partita.replication.microraft.PeerMessage.Piece;
import dev.partita.replication.microraft.PeerMessage.Raft;
import dev.partita.replication.microraft.PeerMessage.Tail;
import io.microraft.RaftNode;
import io.microraft.RaftNode.RaftNodeBuilder;
import io.microraft.model.message.InstallSnapshotRequest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One replica with all its parts, wired by hand on this page, and the ways of messages into it.
final class OpenReplica implements SnapshotServer.Source {

  /// What the host gives to every replica.
  ///
  /// @param snapshotLane where images are read and staged
  /// @param caughtUp counts appends in the place of marks, see {@link CatchUp}
  /// @param earlyMarks counts marks that were asked for, see {@link EarlyMarks}
  record Surroundings(
      LogStore logs,
      Transport transport,
      GroupHostOptions options,
      Lane snapshotLane,
      SnapshotServer snapshots,
      EntryBudget recentBudget,
      EntryBudget markBudget,
      LongAdder caughtUp,
      LongAdder earlyMarks) {}

  private final GroupId id;
  private final Replica self;
  private final StateMachine stateMachine;
  private final Surroundings around;
  private final Life life;
  private final CoreExecutor executor;
  private final RecentEntries recent;
  private final EarlyMarks earlyMarks;
  private final CoreMachine machine;
  private final CoreView view;
  private final CoreTransport transport;
  private final MessageGate gate;
  private final Progress progress;
  private final MicroRaftGroup group;
  private final RaftNode node;

  private final ImageIntake intake;

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
    MarkPlaces places = CoreConfig.markPlaces(options);
    Random random = new Random(options.random().getAsLong());
    CoreTime time = new CoreTime(options.scheduler(), options.timing());
    this.view = new CoreView();

    this.life = new Life(id, self, options.faults(), this::ended);
    CoreStore store =
        restored == null
            ? new CoreStore(log, life, view, places, 0, null, 0, 0)
            : new CoreStore(
                log,
                life,
                view,
                places,
                restored.term(),
                restored.votedFor(),
                restored.committed(),
                restored.baseIndex());
    Elections elections = new Elections(view, time, random);
    this.executor = new CoreExecutor(lane, life, time, elections, store::settleTerm);
    this.progress = new Progress(view, time);
    Leadership leadership = new Leadership(id, self, stateMachine, life, progress, elections);
    this.recent = new RecentEntries(options.recentEntries(), around.recentBudget());
    this.earlyMarks =
        new EarlyMarks(
            around.markBudget(), executor::submit, view::mayMark, places, this::takeMark);
    this.machine =
        new CoreMachine(
            stateMachine,
            self.id(),
            life,
            options.random(),
            view,
            leadership::ownMark,
            this::imageInstalled,
            recent,
            earlyMarks);
    CatchUp catchUp = new CatchUp(view, recent, options.maxInFlightEntries(), around.caughtUp());
    this.transport = new CoreTransport(id, self.id(), around.transport(), life, store, catchUp);
    Proposals proposals =
        new Proposals(leadership, around.logs(), life, options.maxInFlightEntries());

    RaftNodeBuilder builder = RaftNode.newBuilder().setGroupId(id);
    if (restored == null) {
      builder.setLocalEndpoint(new Endpoint(self)).setInitialGroupMembers(Endpoint.of(founders));
    } else {
      Restoration restoration = new Restoration(restored);
      restoration.replay(machine);
      builder.setRestoredState(restoration.state());
    }
    this.node =
        builder
            .setConfig(CoreConfig.of(options, time))
            .setExecutor(executor)
            .setTransport(transport)
            .setStateMachine(machine)
            .setStore(store)
            .setRaftNodeReportListener(leadership)
            .setRandom(random)
            .setClock(time)
            .build();
    view.attach(node);
    this.intake =
        new ImageIntake(
            stateMachine,
            executor,
            around.snapshotLane(),
            life,
            options.random(),
            machine::applied,
            around.logs()::hasSpace,
            transport::send,
            this::letIn);
    this.gate =
        new MessageGate(
            view,
            transport,
            store,
            machine,
            around.logs(),
            intake,
            message -> executor.inline(() -> node.handle(message)));
    this.group =
        new MicroRaftGroup(
            id,
            self,
            node,
            new ReplicaParts(
                life, view, executor, store, machine, intake, leadership, proposals, progress));
  }

  MicroRaftGroup replica() {
    return group;
  }

  /// Lets the replica take part.
  CompletableFuture<?> start() {
    watchElections();
    return node.start();
  }

  /// Looks once per heartbeat whether the core forgot to call an election, and how far followers
  /// are.
  private void watchElections() {
    executor.scheduleReal(
        () -> {
          view.reviveElection();
          progress.look();
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
                      .fetch(from, request, this, answer -> transport.send(from, answer)));
      case Fetched fetched -> onSnapshotLane(() -> around.snapshots().fetched(id, from, fetched));
      case Piece piece -> toFetch(fetch -> fetch.piece(from, piece));
      case Tail tail -> toFetch(fetch -> fetch.tail(from, tail));
      case NoImage no -> toFetch(fetch -> fetch.noImage(from, no));
    };
  }

  private boolean toFetch(Consumer<SnapshotFetch> message) {
    return onSnapshotLane(
        () -> {
          SnapshotFetch running = intake.running();
          if (running != null) {
            message.accept(running);
          }
        });
  }

  private boolean onSnapshotLane(Runnable task) {
    if (around.snapshotLane().waiting() >= GroupLimits.MAX_WAITING_SNAPSHOT_MESSAGES) {
      return false;
    }
    around.snapshotLane().execute(task);
    return true;
  }

  /// Between our look at the core and the core's own nothing happens, so that it cannot but
  /// succeed.
  private void takeMark() {
    around.earlyMarks().increment();
    executor.inline(
        () -> {
          var _ =
              node.takeSnapshot()
                  .whenComplete(
                      (_, failure) -> {
                        if (failure != null) {
                          life.fail(failure);
                        }
                      });
        });
  }

  private void imageInstalled() {
    gate.installed();
  }

  private void letIn(InstallSnapshotRequest mark) {
    gate.accept(mark);
  }

  @Override
  public GroupId group() {
    return id;
  }

  @Override
  public Life life() {
    return life;
  }

  @Override
  public void openTail(Consumer<@Nullable ImageTail> opened) {
    executor.submit(
        () -> {
          long applied = machine.position().index();
          boolean known = applied == view.markIndex() || view.holds(applied);
          ImageTail tail = known ? new ImageTail(applied, view.termAt(applied)) : null;
          if (tail != null) {
            machine.openTail(tail);
          }
          around.snapshotLane().execute(() -> opened.accept(tail));
        });
  }

  @Override
  public void closeTail(ImageTail tail) {
    executor.submit(() -> machine.closeTail(tail));
  }

  @Override
  public SnapshotReader openImage() {
    return stateMachine.openSnapshot();
  }

  private void ended() {
    recent.close();
    earlyMarks.close();
    around.snapshotLane().execute(() -> around.snapshots().end(id));
    group.ended();
  }
}
