package dev.partita.replication.microraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.replication.GroupId;
import dev.partita.replication.JournalMachine;
import dev.partita.replication.Position;
import dev.partita.replication.Replica;
import dev.partita.replication.microraft.CoreMachine.Result;
import dev.partita.replication.microraft.Operation.Command;
import dev.partita.replication.microraft.Operation.EpochMark;
import dev.partita.replication.microraft.Operation.Logged;
import io.microraft.model.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoreMachineTest {
  private final List<Throwable> faults = new ArrayList<>();
  private final List<Long> ownEpochs = new ArrayList<>();
  private final JournalMachine journal = new JournalMachine();
  private final Life life =
      new Life(new GroupId(1), new Replica("pod", 5), (_, cause) -> faults.add(cause), () -> {});
  private final Map<Long, LogEntry> log = new HashMap<>();
  private boolean room = true;
  private final CoreMachine.Window window =
      new CoreMachine.Window() {
        @Override
        public LogEntry entryAt(long index) {
          return Objects.requireNonNull(log.get(index));
        }

        @Override
        public boolean hasRoom() {
          return room;
        }
      };
  private final List<Long> held = new ArrayList<>();
  private final CoreMachine.MarkWatch marks =
      new CoreMachine.MarkWatch() {
        @Override
        public void applied(LogEntry entry) {
          held.add(entry.getIndex());
        }

        @Override
        public void marked() {
          held.clear();
        }
      };
  private final RecentEntries recent = new RecentEntries(100, new EntryBudget(0, 1_000, 10_000));
  private final CoreMachine machine =
      new CoreMachine(journal, 5, life, () -> 77, window, ownEpochs::add, () -> {}, recent, marks);

  private @Nullable Object run(CoreMachine on, long index, Logged operation) {
    log.put(index, EntriesCodec.entry(index, 1, operation));
    return on.runOperation(index, operation);
  }

  private static Command command(long epoch, String text) {
    return new Command(epoch, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEntryTakesEffectOnlyInTheEpochItWasDecidedUnder() {
    run(machine, 1, new EpochMark(5, 1));
    assertThat(run(machine, 2, command(1, "good"))).isInstanceOf(Result.Applied.class);
    assertThat(run(machine, 3, command(0, "of no epoch"))).isEqualTo(new Result.Fenced());
    run(machine, 4, new EpochMark(6, 1));
    assertThat(run(machine, 5, command(1, "of an epoch that is over")))
        .isEqualTo(new Result.Fenced());
    assertThat(run(machine, 6, command(4, "also good"))).isInstanceOf(Result.Applied.class);
    assertThat(journal.texts()).containsExactly("good", "also good");
    assertThat(journal.position()).isEqualTo(new Position(6, 4));
  }

  @Test
  void aReplicaKnowsTheMarkOfItsLatestLeadershipOnly() {
    run(machine, 1, new EpochMark(5, 76));
    assertThat(machine.getNewTermOperation()).isEqualTo(new EpochMark(5, 77));
    run(machine, 2, new EpochMark(6, 77));
    run(machine, 3, new EpochMark(5, 76));
    assertThat(ownEpochs).isEmpty();
    run(machine, 4, new EpochMark(5, 77));
    assertThat(ownEpochs).containsExactly(4L);
  }

  @Test
  void whatTheStateHasIsNotAppliedAgain() {
    run(machine, 1, new EpochMark(5, 1));
    run(machine, 2, command(1, "once"));
    CoreMachine restarted =
        new CoreMachine(
            journal, 5, life, () -> 77, window, ownEpochs::add, () -> {}, recent, marks);
    run(restarted, 1, new EpochMark(5, 1));
    run(restarted, 2, command(1, "once"));
    run(restarted, 3, command(1, "next"));
    assertThat(journal.texts()).containsExactly("once", "next");
  }

  @Test
  void whatTheCoreAppliesIsHeldUntilItsNextMark() {
    run(machine, 1, new EpochMark(5, 1));
    run(machine, 2, command(1, "one"));
    assertThat(held).containsExactly(1L, 2L);
    machine.takeSnapshot(2, _ -> {});
    run(machine, 3, command(1, "two"));
    assertThat(held).containsExactly(3L);
  }

  @Test
  void aLeadershipThatHasNoRoomForItsMarkStopsTheReplica() {
    room = false;
    assertThatThrownBy(machine::getNewTermOperation).hasMessageContaining("no room");
    assertThat(life.isOver()).isTrue();
    assertThat(faults).hasSize(1);
  }

  @Test
  void aGapInTheLogStopsTheReplica() {
    assertThatThrownBy(() -> run(machine, 2, command(0, "too early")))
        .hasMessageContaining("does not follow");
    assertThat(life.isOver()).isTrue();
    assertThat(faults).hasSize(1);
    assertThatThrownBy(() -> run(machine, 1, new EpochMark(5, 1)))
        .hasMessageContaining("has stopped");
    assertThat(journal.position()).isEqualTo(Position.START);
  }

  @Test
  void aFailureInTheStateMachineStopsTheReplicaBeforeTheNextEntry() {
    run(machine, 1, new EpochMark(5, 1));
    journal.poison("bad");
    assertThatThrownBy(() -> run(machine, 2, command(1, "bad"))).hasMessage("poisoned by bad");
    assertThatThrownBy(() -> run(machine, 3, command(1, "behind it")))
        .hasMessageContaining("has stopped");
    assertThat(journal.texts()).isEmpty();
    assertThat(faults).hasSize(1);
  }
}
