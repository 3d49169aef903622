package dev.partita.e2e.check;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How long clients heard nothing, whatever it was that they heard then.
public final class Silence {

  private Silence() {}

  /// The longest time within a span in which some client had no answer, from the span's beginning
  /// or an answer on, to the next answer or the span's end. Only clients that had an answer before
  /// the span count: the others were perhaps not at work.
  ///
  /// @param operations of any number of clients, in any order
  /// @param from on the operations' clock, nanoseconds
  /// @throws IllegalArgumentException if no client was at work before
  public static Duration longest(Collection<Operation> operations, long from, long to) {
    Set<Integer> clients =
        operations.stream()
            .filter(o -> o.returnedAt() < from)
            .map(Operation::client)
            .collect(Collectors.toSet());
    if (clients.isEmpty() || to < from) {
      throw new IllegalArgumentException("nobody was at work before the span, or it is none");
    }
    Map<Integer, Long> heard = new HashMap<>();
    clients.forEach(client -> heard.put(client, from));
    long longest = 0;
    for (Operation o :
        operations.stream()
            .filter(o -> clients.contains(o.client()))
            .filter(o -> o.returnedAt() >= from && o.returnedAt() <= to)
            .sorted((a, b) -> Long.compare(a.returnedAt(), b.returnedAt()))
            .toList()) {
      longest = Math.max(longest, o.returnedAt() - heard.getOrDefault(o.client(), from));
      heard.put(o.client(), o.returnedAt());
    }
    for (long last : heard.values()) {
      longest = Math.max(longest, to - last);
    }
    return Duration.ofNanos(longest);
  }
}
