package dev.partita.e2e.check;

import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must be true of a register's whole history whatever the order was: plain sums that need no
/// search, so that a fault of the checker cannot hide one of the database.
public final class Ledger {

  private Ledger() {}

  /// @param history of one register that began empty; only added to, or never added to
  /// @param last what it held when all was over
  /// @return one sentence for each thing that cannot be
  public static List<String> violations(List<Operation> history, @Nullable Long last) {
    boolean counter =
        history.stream()
            .anyMatch(o -> o.call() instanceof Call.Add || o.call() instanceof Call.AddBelow);
    return counter ? ofCounter(history, last) : ofRegister(history, last);
  }

  private static List<String> ofCounter(List<Operation> history, @Nullable Long last) {
    long acknowledged = 0;
    long unknown = 0;
    for (Operation o : history) {
      long amount =
          switch (o.call()) {
            case Call.Add(long by) -> by;
            case Call.AddBelow(long by, long _) -> by;
            case Call.Read _ -> 0;
            case Call.Write _, Call.Swap _, Call.Exchange _, Call.Delete _ ->
                throw new IllegalArgumentException("not only added to: " + o.call());
          };
      acknowledged += o.answer() instanceof Answer.Value ? amount : 0;
      unknown += o.answer() == null ? amount : 0;
    }
    long held = last == null ? 0 : last;
    return acknowledged <= held && held <= acknowledged + unknown
        ? List.of()
        : List.of(
            "it holds %d after %d were acknowledged and %d may have happened"
                .formatted(held, acknowledged, unknown));
  }

  private static List<String> ofRegister(List<Operation> history, @Nullable Long last) {
    Set<Long> written = new HashSet<>();
    for (Operation o : history) {
      switch (o.call()) {
        case Call.Write(long v) -> written.add(v);
        case Call.Swap(long _, long v) -> written.add(v);
        case Call.Exchange(long v) -> written.add(v);
        case Call.Read _, Call.Delete _, Call.Add _, Call.AddBelow _ -> {}
      }
    }
    List<String> violations = new ArrayList<>();
    for (Operation o : history) {
      Long seen =
          switch (o.answer()) {
            case Answer.Value(Long v) -> v;
            case Answer.Refused(Long v) -> v;
            case Answer.Done _ -> null;
            case null -> null;
          };
      if (seen != null && !written.contains(seen)) {
        violations.add("a value from nowhere: " + o);
      }
    }
    if (last != null && !written.contains(last)) {
      violations.add("a value from nowhere at the end: " + last);
    }
    return violations;
  }
}
