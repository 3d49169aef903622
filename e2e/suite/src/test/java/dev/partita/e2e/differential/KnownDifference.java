package dev.partita.e2e.differential;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// A place where DynamoDB Local differs from the service and Partita follows the service.
///
/// @param fact what the decision rests on
/// @param applies whether a difference is of this kind; as narrow as can be
record KnownDifference(String fact, BiPredicate<Case, Answers> applies) {

  static final List<KnownDifference> ALL = List.of();

  static Optional<KnownDifference> of(Case request, Answers answers) {
    return ALL.stream().filter(d -> d.applies().test(request, answers)).findFirst();
  }
}
