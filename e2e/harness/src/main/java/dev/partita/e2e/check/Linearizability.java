package dev.partita.e2e.check;

import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whether a history of one register is linearizable: whether every operation can be given
/// one moment between its invocation and its return such that, in the order of these moments, each
/// answer is the one that a single register would have given.
///
/// The search is Wing and Gong's with Lowe's memory of states already tried (as in Porcupine). An
/// operation of unknown outcome may take effect at any moment after its invocation, also after
/// everything else, which is as good as never.
public final class Linearizability {

  private Linearizability() {}

  /// @return empty if the history is linearizable; else a sentence that names where the search
  ///   ended
  public static Optional<String> violation(List<Operation> history) {
    return violation(history, null);
  }

  /// @param initial what the register held before the first operation
  public static Optional<String> violation(List<Operation> history, @Nullable Long initial) {
    return new Search(history, initial).run();
  }

  /// One event of the history: an operation begins (`match` is its end) or ends (`match` is null).
  private static final class Event {
    final int operation;
    @Nullable Event match;
    @Nullable Event previous;
    @Nullable Event next;

    Event(int operation) {
      this.operation = operation;
    }
  }

  private record Choice(Event call, @Nullable Long before) {}

  private record Visited(BitSet done, @Nullable Long state) {}

  private record Step(boolean possible, @Nullable Long state) {
    static final Step IMPOSSIBLE = new Step(false, null);

    static Step to(@Nullable Long state) {
      return new Step(true, state);
    }
  }

  private static final class Search {
    private final List<Operation> history;
    private final Event head;
    private final Set<Visited> visited = new HashSet<>();
    private final List<Choice> chosen = new ArrayList<>();
    private final BitSet done = new BitSet();
    private @Nullable Long state;
    private int deepest;
    private @Nullable Operation stuckAt;

    Search(List<Operation> history, @Nullable Long initial) {
      this.history = List.copyOf(history);
      this.state = initial;
      this.head = link(this.history);
    }

    Optional<String> run() {
      Event event = head.next;
      while (event != null) {
        Event end = event.match;
        if (end != null && tryToPlace(event, end)) {
          event = head.next;
        } else if (end != null) {
          event = event.next;
        } else {
          // An operation ended before any order could place it: the last choice was wrong.
          if (chosen.size() >= deepest) {
            deepest = chosen.size();
            stuckAt = history.get(event.operation);
          }
          if (chosen.isEmpty()) {
            return Optional.of(
                "no order explains %s; %d of %d operations could be ordered before it"
                    .formatted(stuckAt, deepest, history.size()));
          }
          event = takeBack().next;
        }
      }
      return Optional.empty();
    }

    private boolean tryToPlace(Event call, Event end) {
      Step step = step(history.get(call.operation), state);
      if (!step.possible()) {
        return false;
      }
      BitSet after = (BitSet) done.clone();
      after.set(call.operation);
      if (!visited.add(new Visited(after, step.state()))) {
        return false;
      }
      chosen.add(new Choice(call, state));
      done.set(call.operation);
      state = step.state();
      unlink(call);
      unlink(end);
      return true;
    }

    private Event takeBack() {
      Choice last = chosen.removeLast();
      state = last.before();
      done.clear(last.call().operation);
      relink(Objects.requireNonNull(last.call().match));
      relink(last.call());
      return last.call();
    }
  }

  /// What a single register does. An unknown outcome constrains nothing but still has its effect.
  private static Step step(Operation operation, @Nullable Long state) {
    Answer answer = operation.answer();
    return switch (operation.call()) {
      case Call.Read() ->
          answer == null || answer.equals(new Answer.Value(state))
              ? Step.to(state)
              : Step.IMPOSSIBLE;
      case Call.Write(long value) -> Step.to(value);
      case Call.Delete() -> Step.to(null);
      case Call.Swap(long expected, long value) -> {
        boolean holds = state != null && state == expected;
        if (answer == null) {
          yield Step.to(holds ? Long.valueOf(value) : state);
        }
        boolean saidDone = answer instanceof Answer.Done;
        yield saidDone == holds ? Step.to(holds ? Long.valueOf(value) : state) : Step.IMPOSSIBLE;
      }
      case Call.Add(long amount) -> {
        Long sum = (state == null ? 0 : state) + amount;
        yield answer == null || answer.equals(new Answer.Value(sum))
            ? Step.to(sum)
            : Step.IMPOSSIBLE;
      }
    };
  }

  /// A list of all begins and ends in time order. At equal times begins come first, which allows
  /// the more orders.
  private static Event link(List<Operation> history) {
    record Timed(long at, boolean end, Event event) {}
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      Event call = new Event(i);
      Event end = new Event(i);
      call.match = end;
      timed.add(new Timed(history.get(i).invokedAt(), false, call));
      timed.add(new Timed(history.get(i).returnedAt(), true, end));
    }
    timed.sort(Comparator.comparingLong(Timed::at).thenComparing(Timed::end));
    Event head = new Event(-1);
    Event last = head;
    for (Timed t : timed) {
      last.next = t.event();
      t.event().previous = last;
      last = t.event();
    }
    return head;
  }

  private static void unlink(Event event) {
    Objects.requireNonNull(event.previous).next = event.next;
    if (event.next != null) {
      event.next.previous = event.previous;
    }
  }

  /// Puts an event back between the neighbours it was taken from; in reverse order of unlinking.
  private static void relink(Event event) {
    Objects.requireNonNull(event.previous).next = event;
    if (event.next != null) {
      event.next.previous = event;
    }
  }
}
