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
/// everything else, which is as good as never. Those are what makes histories of faults hard, so
/// they are tried only where no other operation fits, and only where they matter, see {@link
/// Search#isIdle}.
public final class Linearizability {

  /// States after which the search gives up, in states: a history that is not decided by then has
  /// too many unknown outcomes on one register.
  private static final int MAX_STATES = 1_000_000;

  private Linearizability() {}

  /// @return empty if the history is linearizable; else a sentence that names where the search
  ///   ended
  /// @throws IllegalStateException if it cannot be decided in {@value #MAX_STATES} states
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

    static Step onlyIf(boolean possible, @Nullable Long state) {
      return possible ? to(state) : IMPOSSIBLE;
    }
  }

  private static final class Search {
    private final List<Operation> history;
    private final Event head;
    private final Set<Visited> visited = new HashSet<>();
    private final List<Choice> chosen = new ArrayList<>();
    private final BitSet done = new BitSet();
    private @Nullable Long state;
    private int answered;
    private int deepest;
    private @Nullable Operation stuckAt;

    Search(List<Operation> history, @Nullable Long initial) {
      this.history = List.copyOf(history);
      this.state = initial;
      this.head = link(this.history);
      this.answered = (int) history.stream().filter(o -> o.answer() != null).count();
    }

    /// Ends when every operation with an answer has its place: the others need none.
    Optional<String> run() {
      Event event = head.next;
      boolean unknowns = false;
      while (answered > 0) {
        Event at = Objects.requireNonNull(event);
        Event end = at.match;
        if (end != null && isUnknown(at) == unknowns && tryToPlace(at, end)) {
          event = head.next;
          unknowns = false;
        } else if (end != null) {
          event = at.next;
        } else if (!unknowns) {
          // An operation ended before any order could place it, unless an unknown one helps.
          event = head.next;
          unknowns = true;
        } else {
          if (chosen.size() >= deepest) {
            deepest = chosen.size();
            stuckAt = history.get(at.operation);
          }
          if (chosen.isEmpty()) {
            return Optional.of(
                "no order explains %s; %d of %d operations could be ordered before it"
                    .formatted(stuckAt, deepest, history.size()));
          }
          Event last = takeBack();
          unknowns = isUnknown(last);
          event = last.next;
        }
      }
      return Optional.empty();
    }

    private boolean isUnknown(Event call) {
      return history.get(call.operation).answer() == null;
    }

    private boolean tryToPlace(Event call, Event end) {
      Step step = step(history.get(call.operation), state);
      if (!step.possible() || (isUnknown(call) && isIdle(call, step))) {
        return false;
      }
      BitSet after = (BitSet) done.clone();
      after.set(call.operation);
      if (!visited.add(new Visited(after, step.state()))) {
        return false;
      }
      if (visited.size() > MAX_STATES) {
        throw new IllegalStateException(
            "not decided after %d states: %d operations, %d of them unknown"
                .formatted(
                    MAX_STATES,
                    history.size(),
                    history.stream().filter(o -> o.answer() == null).count()));
      }
      chosen.add(new Choice(call, state));
      done.set(call.operation);
      answered -= isUnknown(call) ? 0 : 1;
      state = step.state();
      unlink(call);
      unlink(end);
      return true;
    }

    /// Whether an order that has this unknown operation next could as well do without: because it
    /// changes nothing, because it overwrites what other unknown ones just did, or because one that
    /// asks the same and was invoked before could take its place.
    private boolean isIdle(Event call, Step step) {
      if (Objects.equals(step.state(), state)) {
        return true;
      }
      Call asked = history.get(call.operation).call();
      if (overwrites(asked) && !chosen.isEmpty() && isUnknown(chosen.getLast().call())) {
        return true;
      }
      for (Event e = call.previous; e != null && e != head; e = e.previous) {
        if (e.match != null && isUnknown(e) && history.get(e.operation).call().equals(asked)) {
          return true;
        }
      }
      return false;
    }

    private static boolean overwrites(Call call) {
      return switch (call) {
        case Call.Write _, Call.Exchange _, Call.Delete _ -> true;
        case Call.Read _, Call.Swap _, Call.Add _, Call.AddBelow _ -> false;
      };
    }

    private Event takeBack() {
      Choice last = chosen.removeLast();
      state = last.before();
      done.clear(last.call().operation);
      answered += isUnknown(last.call()) ? 0 : 1;
      relink(Objects.requireNonNull(last.call().match));
      relink(last.call());
      return last.call();
    }
  }

  /// What a single register does. An unknown outcome constrains nothing but still has its effect.
  private static Step step(Operation operation, @Nullable Long state) {
    Answer answer = operation.answer();
    return switch (operation.call()) {
      case Call.Read() -> Step.onlyIf(told(answer, state), state);
      case Call.Write(long value) -> Step.to(value);
      case Call.Delete() -> Step.to(null);
      case Call.Exchange(long value) -> Step.onlyIf(told(answer, state), value);
      case Call.Swap(long expected, long value) ->
          state != null && state == expected
              ? Step.onlyIf(answer == null || answer instanceof Answer.Done, value)
              : Step.onlyIf(refused(answer, state), state);
      case Call.Add(long amount) -> {
        Long sum = (state == null ? 0 : state) + amount;
        yield Step.onlyIf(told(answer, sum), sum);
      }
      case Call.AddBelow(long amount, long limit) -> {
        if (state == null || state >= limit) {
          yield Step.onlyIf(refused(answer, state), state);
        }
        Long sum = state + amount;
        yield Step.onlyIf(told(answer, sum), sum);
      }
    };
  }

  private static boolean told(@Nullable Answer answer, @Nullable Long value) {
    return answer == null || answer.equals(new Answer.Value(value));
  }

  private static boolean refused(@Nullable Answer answer, @Nullable Long found) {
    return answer == null || answer.equals(new Answer.Refused(found));
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
