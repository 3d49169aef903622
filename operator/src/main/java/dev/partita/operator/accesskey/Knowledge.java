package dev.partita.operator.accesskey;

import dev.partita.operator.pods.PodReport;
import dev.partita.operator.pods.PodReports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which pods know a key, as far as they say.
///
/// @param knowing pods that accept it
/// @param lacking pods that answer and do not accept it
/// @param silent pods that do not answer
record Knowledge(List<String> knowing, List<String> lacking, List<String> silent) {

  /// After so long a pod that does not answer most likely has the key too: the kubelet brings files
  /// up to date within a minute or so, and a pod that starts begins with the newest.
  static final Duration DELIVERY = Duration.ofMinutes(2);

  Knowledge {
    knowing = List.copyOf(knowing);
    lacking = List.copyOf(lacking);
    silent = List.copyOf(silent);
  }

  static Knowledge of(LiveKey key, Map<String, PodReports.Answer> answers) {
    PodReport.Key known = new PodReport.Key(key.id(), key.fingerprint());
    List<String> knowing = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    new TreeMap<>(answers)
        .forEach(
            (pod, answer) -> {
              switch (answer) {
                case PodReports.Answer.Told(PodReport told, var _) ->
                    (told.accessKeys().contains(known) ? knowing : lacking).add(pod);
                case PodReports.Answer.Silent _ -> silent.add(pod);
              }
            });
    return new Knowledge(knowing, lacking, silent);
  }

  /// Whether no pod would turn an application with this key away.
  boolean isEverywhere() {
    return lacking.isEmpty() && silent.isEmpty() && !knowing.isEmpty();
  }

  /// Whether as much is likely, which is enough for applications that have no key at all.
  boolean isDelivered(LiveKey key, Instant now) {
    return lacking.isEmpty() && !now.isBefore(key.createdAt().plus(DELIVERY));
  }
}
