package dev.partita.e2e.check;

import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a run's histories come to.
///
/// @param registers how many histories there are
/// @param calls how often each kind of call had each kind of answer, for example `Swap refused`
/// @param longest operations in the longest history
/// @param violations what no single register explains, one sentence for each
public record Verdict(
    int registers, Map<String, Integer> calls, int longest, List<String> violations) {

  public static Verdict of(Map<String, List<Operation>> histories) {
    Map<String, Integer> calls = new TreeMap<>();
    List<String> violations = new ArrayList<>();
    int longest = 0;
    for (Map.Entry<String, List<Operation>> e : histories.entrySet()) {
      List<Operation> history = e.getValue();
      longest = Math.max(longest, history.size());
      history.forEach(o -> calls.merge(kind(o), 1, Integer::sum));
      Optional<String> disorder = Linearizability.violation(history);
      disorder.ifPresent(v -> violations.add(e.getKey() + ": " + v + written(history)));
      for (String v : Ledger.violations(history, last(history))) {
        violations.add(e.getKey() + ": " + v + written(history));
      }
    }
    return new Verdict(histories.size(), calls, longest, violations);
  }

  /// @param kind for example `Swap refused`
  public int count(String kind) {
    return calls.getOrDefault(kind, 0);
  }

  /// Calls whose outcome is known.
  public int answered() {
    return calls.entrySet().stream()
        .filter(e -> !e.getKey().endsWith(" unknown"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static String kind(Operation o) {
    String outcome =
        switch (o.answer()) {
          case null -> "unknown";
          case Answer.Refused _ -> "refused";
          case Answer.Value _, Answer.Done _ -> "done";
        };
    return o.call().getClass().getSimpleName() + " " + outcome;
  }

  /// What the read that began last saw.
  private static @Nullable Long last(List<Operation> history) {
    return history.stream()
        .filter(o -> o.call() instanceof Call.Read && o.answer() instanceof Answer.Value)
        .max(Comparator.comparingLong(Operation::invokedAt))
        .map(o -> o.answer() instanceof Answer.Value(Long v) ? v : null)
        .orElse(null);
  }

  /// The whole history, so that a violation can be understood without the run.
  private static String written(List<Operation> history) {
    StringBuilder text = new StringBuilder();
    history.stream()
        .sorted(Comparator.comparingLong(Operation::invokedAt))
        .forEach(o -> text.append("\n    ").append(o));
    return text.toString();
  }
}
