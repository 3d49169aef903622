package dev.partita.e2e.differential;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// A place where DynamoDB Local differs from the service and Partita follows the service, as far as
/// it is known from the developer guide, the service model and conformance suites run against it.
///
/// @param fact what the decision rests on
/// @param applies whether a difference is of this kind
record KnownDifference(String fact, BiPredicate<Case, Answers> applies) {

  private static final List<List<KnownDifference>> ALL =
      List.of(TextDifferences.ALL, OrderDifferences.ALL, ReplyDifferences.ALL);

  /// @return the fact, or the facts
  static Optional<String> explain(Case request, Answers answers) {
    return ALL.stream()
        .flatMap(List::stream)
        .filter(d -> d.applies().test(request, answers))
        .findFirst()
        .map(KnownDifference::fact)
        .or(() -> PageDifference.explain(answers));
  }
}
