package dev.partita.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.engine.log.SimulatedDisk.Cut;
import dev.partita.model.value.Bytes;
import dev.partita.replication.GroupId;
import dev.partita.replication.LogStore.GroupLog;
import dev.partita.replication.LogStore.LogRecord;
import dev.partita.replication.LogStore.Restored;
import dev.partita.replication.Replica;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Random work on several groups, cut off by power failures of every kind, also in the middle of a
/// commit. Whatever was flushed must be there, and nothing that was never logged.
@ExtendWith(ExpectedFailures.class)
class PowerCutTest {

  private static final int SEEDS = Integer.getInteger("partita.powercut.seeds", 500);
  private static final List<Cut> CUTS = List.of(Cut.values());
  private static final int CUTS_PER_SEED = 4;
  private static final int STEPS_PER_CUT = 120;
  private static final Replica SELF = new Replica("pod", 1);

  /// What one group must look like: `durable` at least, `buffered` at most.
  private static final class Model {
    NavigableMap<Long, LogRecord> durable = new TreeMap<>();
    NavigableMap<Long, LogRecord> buffered = new TreeMap<>();
    long durableTerm;
    long bufferedTerm;
    long durableBase;
    long bufferedBase;
    long last;
    boolean exists;
    final Set<Object> everAppended = new HashSet<>();

    void flushed() {
      durable = new TreeMap<>(buffered);
      durableTerm = bufferedTerm;
      durableBase = bufferedBase;
    }
  }

  private static final class PowerCut extends RuntimeException {}

  @Test
  void whatWasFlushedSurvivesAndNothingElseAppears() {
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        new Run(seed).go();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void theSameSeedLeavesTheSameBytes() {
    for (int seed = 0; seed < 10; seed++) {
      assertThat(new Run(seed).go()).isEqualTo(new Run(seed).go());
    }
  }

  private static final class Run {
    private final Random random;
    private final SimulatedDisk disk;
    private final Map<Long, Model> models = new HashMap<>();
    private SegmentedLog log;
    private boolean mayFail;

    Run(long seed) {
      random = new Random(seed);
      disk = new SimulatedDisk(new Random(~seed));
      log = open();
    }

    private Cut anyCut() {
      return CUTS.get(random.nextInt(CUTS.size()));
    }

    private SegmentedLog open() {
      return SegmentedLog.open(disk, SegmentedLogTest.options(), new InlineCommitter());
    }

    int go() {
      for (int cut = 0; cut < CUTS_PER_SEED; cut++) {
        mayFail = random.nextInt(3) > 0;
        if (mayFail) {
          // The power goes in the middle of a commit.
          if (random.nextBoolean()) {
            disk.failSyncsAfter(random.nextInt(STEPS_PER_CUT));
          } else {
            disk.failWritesAfter(random.nextInt(STEPS_PER_CUT));
          }
        }
        try {
          for (int step = 0; step < STEPS_PER_CUT; step++) {
            step(1 + random.nextInt(4));
          }
        } catch (PowerCut _) {
          // Looked at below.
        }
        disk.cutPower(anyCut());
        log = open();
        check();
        if (random.nextInt(4) == 0) {
          // Again, with nothing written since: what was found must be found again.
          disk.cutPower(anyCut());
          log = open();
          check();
        }
      }
      return disk.fingerprint();
    }

    private void step(long id) {
      Model model = models.computeIfAbsent(id, _ -> new Model());
      if (!model.exists) {
        attempt(() -> log.create(new GroupId(id), SELF, List.of(SELF)));
        model.exists = true;
        return;
      }
      GroupLog group = log.log(new GroupId(id));
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> {
          int count = 1 + random.nextInt(5);
          for (int i = 0; i < count; i++) {
            append(model, group);
          }
        }
        case 4 -> {
          if (model.last > model.bufferedBase) {
            long from =
                model.bufferedBase + 1 + random.nextInt((int) (model.last - model.bufferedBase));
            group.truncateFrom(from);
            model.buffered.tailMap(from, true).clear();
            model.last = from - 1;
          }
        }
        case 5 -> {
          model.bufferedTerm++;
          attempt(() -> group.vote(model.bufferedTerm, random.nextBoolean() ? SELF : null));
          model.flushed();
        }
        case 6 -> {
          // As in life, only what is durable is cut.
          if (!model.durable.isEmpty()) {
            long index = model.durable.firstKey() + random.nextInt(model.durable.size());
            if (index > model.bufferedBase
                && isSame(model.buffered.get(index), model.durable.get(index))) {
              group.cut(index, new byte[] {(byte) index});
              model.buffered.headMap(index, true).clear();
              model.bufferedBase = index;
            }
          }
        }
        case 7 -> {
          if (random.nextInt(20) == 0) {
            long index = model.last + 10;
            group.resetTo(index, 5, new byte[0]);
            model.buffered.clear();
            model.bufferedBase = index;
            model.last = index;
          }
        }
        default -> {
          attempt(group::flush);
          model.flushed();
        }
      }
    }

    private void append(Model model, GroupLog group) {
      byte[] body = new byte[random.nextInt(random.nextInt(10) == 0 ? 3000 : 200)];
      random.nextBytes(body);
      LogRecord entry = new LogRecord(++model.last, model.bufferedTerm, (byte) 1, body);
      group.append(entry);
      model.buffered.put(model.last, entry);
      model.everAppended.add(identity(entry));
    }

    private void attempt(Runnable write) {
      try {
        write.run();
      } catch (LogFailedException e) {
        if (!mayFail) {
          throw e;
        }
        throw new PowerCut();
      }
    }

    private void check() {
      for (Map.Entry<Long, Model> expected : models.entrySet()) {
        check(expected.getKey(), expected.getValue());
      }
    }

    private void check(long id, Model model) {
      @Nullable Restored found =
          log.restored().stream().filter(r -> r.id().value() == id).findFirst().orElse(null);
      if (!model.exists) {
        if (found != null) {
          adopt(model, found);
        }
        return;
      }
      Restored group = Objects.requireNonNull(found, "group " + id + " is lost");
      assertThat(group.term()).isBetween(model.durableTerm, model.bufferedTerm);
      long index = group.baseIndex();
      for (LogRecord entry : group.entries()) {
        assertThat(entry.index()).isEqualTo(++index);
        assertThat(model.everAppended.contains(identity(entry))).isTrue();
      }
      // A frame holds everything of the group or nothing: one of two states is there.
      boolean isDurable = matches(group, model.durableBase, model.durable);
      boolean isBuffered = matches(group, model.bufferedBase, model.buffered);
      assertThat(isDurable || isBuffered || isWithin(group, model))
          .as("group %s holds neither what was flushed nor what was buffered", id)
          .isTrue();
      adopt(model, group);
    }

    /// Operations of a lazy commit (a cut takes along what is buffered) may end anywhere between.
    private boolean isWithin(Restored group, Model model) {
      for (LogRecord entry : model.durable.values()) {
        boolean stillMeant =
            isSame(model.buffered.get(entry.index()), entry) && entry.index() > group.baseIndex();
        if (stillMeant && group.entries().stream().noneMatch(found -> isSame(found, entry))) {
          return false;
        }
      }
      return true;
    }

    private boolean matches(Restored group, long base, NavigableMap<Long, LogRecord> entries) {
      if (group.baseIndex() != base || group.entries().size() != entries.size()) {
        return false;
      }
      for (LogRecord entry : group.entries()) {
        LogRecord expected = entries.get(entry.index());
        if (expected == null || !isSame(entry, expected)) {
          return false;
        }
      }
      return true;
    }

    private void adopt(Model model, Restored found) {
      model.exists = true;
      model.buffered = new TreeMap<>();
      for (LogRecord entry : found.entries()) {
        model.buffered.put(entry.index(), entry);
      }
      found.entries().forEach(entry -> model.everAppended.add(identity(entry)));
      model.bufferedBase = found.baseIndex();
      model.bufferedTerm = found.term();
      model.last = found.baseIndex() + found.entries().size();
      model.flushed();
    }
  }

  private static Object identity(LogRecord entry) {
    return List.of(entry.index(), entry.term(), entry.kind(), Bytes.wrap(entry.body()));
  }

  private static boolean isSame(@Nullable LogRecord a, @Nullable LogRecord b) {
    return a != null
        && b != null
        && a.index() == b.index()
        && a.term() == b.term()
        && a.kind() == b.kind()
        && Arrays.equals(a.body(), b.body());
  }
}
