package dev.partita.operator.cluster;

import dev.partita.crds.Topology;
import dev.partita.operator.pods.PartitionsReport;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Told;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which pod of an old revision is restarted next, if any. One at a time, decided anew from what is
/// there: an operator that was killed after any step goes on where the last one was.
public sealed interface Restart {

  /// Every pod is as it should be, or it is not known yet how it should be.
  record None() implements Restart {}

  /// Some pod is of an old revision, and must wait.
  ///
  /// @param why a sentence
  record Wait(String why) implements Restart {}

  /// This one, now: the others can do without it, if the disruption budget thinks so too.
  record Go(PodView pod, String why) implements Restart {}

  /// This one, now, whatever anybody thinks: it serves nobody, or nobody else could for it.
  record Replace(PodView pod, String why) implements Restart {}

  static Restart of(Observation seen) {
    List<PodView> outdated =
        seen.pods().stream().filter(p -> seen.outdated(p) && !p.terminating()).toList();
    if (outdated.isEmpty() || seen.paused()) {
      return new None();
    }
    if (!seen.askedNow()) {
      return new Wait("the pods have to be asked first");
    }
    Optional<PodView> broken =
        outdated.stream()
            .filter(p -> !p.ready() && !p.runs() && !told(seen.answers().get(p.name())))
            .filter(p -> !seen.onLostNode(p))
            .findFirst();
    if (broken.isPresent()) {
      return new Replace(broken.get(), "it does not run, and the template has changed");
    }
    if (seen.clientTls().isPresent()) {
      // A pod that runs has a good certificate, and its successor would begin with a bad one.
      return new Wait(seen.clientTls().get().sentence());
    }
    List<PodView> reachable = outdated.stream().filter(p -> !seen.onLostNode(p)).toList();
    if (reachable.isEmpty()) {
      return new Wait("its node is lost");
    }
    if (seen.wanted().topology() == Topology.SINGLE_REPLICA
        || seen.pods().stream().noneMatch(PodView::ready)) {
      // Nobody is served anyway, or there is no other way.
      return new Replace(reachable.getFirst(), "the template has changed");
    }
    return ask(seen, reachable);
  }

  private static Restart ask(Observation seen, List<PodView> outdated) {
    List<String> all = seen.wanted().names().pods(seen.wanted().pods());
    List<String> unsteady =
        all.stream()
            .filter(n -> seen.pod(n).filter(p -> p.ready() && !p.terminating()).isEmpty())
            .toList();
    // A pod that is not ready may be the one to be restarted; any other must be waited for.
    List<PodView> candidates =
        unsteady.isEmpty()
            ? outdated
            : outdated.stream().filter(p -> unsteady.equals(List.of(p.name()))).toList();
    if (candidates.isEmpty()) {
      return new Wait("pod " + unsteady.getFirst() + " is not ready");
    }
    List<PodView> order =
        candidates.stream()
            .sorted(
                Comparator.<PodView>comparingInt(p -> leads(seen.answers(), p.name()))
                    .thenComparing(PodView::name, Comparator.reverseOrder()))
            .toList();
    PodView first = order.getFirst();
    return QuorumSafety.objection(first.name(), all, seen.answers())
        .<Restart>map(Wait::new)
        .orElseGet(() -> new Go(first, "the template has changed"));
  }

  /// Followers of the catalog come first: its leader moves once then, not three times.
  private static int leads(Map<String, Answer> answers, String pod) {
    return answers.get(pod) instanceof Told(_, @Nullable PartitionsReport partitions)
            && partitions != null
            && partitions.catalog() != null
            && partitions.catalog().leads()
        ? 1
        : 0;
  }

  private static boolean told(@Nullable Answer answer) {
    return answer instanceof Told;
  }
}
