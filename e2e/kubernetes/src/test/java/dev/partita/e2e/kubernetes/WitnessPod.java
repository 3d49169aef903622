package dev.partita.e2e.kubernetes;

import dev.partita.e2e.check.HistoryLines;
import dev.partita.e2e.check.Operation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A client that runs in the cluster, with nothing but the Secret of an AccessKey.
final class WitnessPod {

  private static final Pattern COUNTS =
      Pattern.compile("done: answered=(\\d+) wrong=(\\d+) failed=(\\d+)");
  private static final Pattern REGISTERS =
      Pattern.compile("done: (\\d+) operations, (\\d+) calls in vain");
  private static final Duration END = Duration.ofMinutes(3);
  private static final Duration BEGIN = Duration.ofMinutes(1);

  private final Place place;
  private final String name;
  private final @Nullable String zone;
  private final Instant until;

  private WitnessPod(Place place, String name, @Nullable String zone, Instant until) {
    this.place = place;
    this.name = name;
    this.zone = zone;
    this.until = until;
  }

  /// What an application saw.
  ///
  /// @param log with its failures in full
  record Counts(int answered, int wrong, int failed, String log) {}

  /// The AWS SDK out of the box, by way of the Service.
  static WitnessPod application(
      Place place, String name, String secret, String table, Duration length, String key) {
    return start(
        place, name, secret, null, length, List.of("application", "--table", table, "--key", key));
  }

  /// Registers on one pod's own address, in that pod's zone.
  static WitnessPod registers(
      Place place,
      int number,
      String secret,
      String table,
      Duration length,
      String endpoint,
      String zone) {
    return start(
        place,
        "registers-" + number,
        secret,
        zone,
        length,
        List.of("registers", "--table", table, "--witness", "" + number, "--endpoint", endpoint));
  }

  private static WitnessPod start(
      Place place,
      String name,
      String secret,
      @Nullable String zone,
      Duration length,
      List<String> words) {
    Instant until = Instant.now().plus(length);
    List<String> args = new ArrayList<>(words);
    args.addAll(List.of("--until", "" + until.getEpochSecond()));
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(place.namespace())
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .withNodeSelector(zone == null ? Map.of() : Map.of("topology.kubernetes.io/zone", zone))
            // It is to see a lost node from within, so it must not be taken off that node.
            .addNewToleration()
            .withKey("node.kubernetes.io/unreachable")
            .withOperator("Exists")
            .endToleration()
            .addNewToleration()
            .withKey("node.kubernetes.io/not-ready")
            .withOperator("Exists")
            .endToleration()
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(10001L)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .addNewContainer()
            .withName("witness")
            .withImage(Stage.WITNESS_IMAGE)
            .withImagePullPolicy("IfNotPresent")
            .withArgs(args)
            .addNewEnvFrom()
            .withNewSecretRef(secret, false)
            .endEnvFrom()
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .addToDrop("ALL")
            .endCapabilities()
            .endSecurityContext()
            .endContainer()
            .endSpec()
            .build();
    client(place).resource(pod).create();
    return new WitnessPod(place, name, zone, until);
  }

  private static KubernetesClient client(Place place) {
    return place.stage().client();
  }

  WitnessPod awaitRunning() throws InterruptedException {
    Await.until(
        name + " runs",
        BEGIN,
        () -> {
          Pod now = place.pod(name);
          return now != null && !now.getStatus().getPhase().equals("Pending");
        });
    return this;
  }

  /// Waits for its own end, then for it to be over.
  ///
  /// @return what it printed
  String log() throws InterruptedException {
    Duration left = Duration.between(Instant.now(), until);
    Await.until(
        name + " is over",
        END.plus(left.isNegative() ? Duration.ZERO : left),
        () -> {
          Pod now = place.pod(name);
          return now != null && List.of("Succeeded", "Failed").contains(now.getStatus().getPhase());
        });
    String log = client(place).pods().inNamespace(place.namespace()).withName(name).getLog();
    client(place).pods().inNamespace(place.namespace()).withName(name).withGracePeriod(0).delete();
    return log;
  }

  Counts counts() throws InterruptedException {
    String log = log();
    Matcher m = COUNTS.matcher(log);
    if (!m.find()) {
      throw new AssertionError(name + " did not come to its end:\n" + log);
    }
    return new Counts(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        Integer.parseInt(m.group(3)),
        log);
  }

  /// What one witness of registers saw.
  ///
  /// @param zone where it ran; null for anywhere
  /// @param inVain calls that had no effect, or whose effect nobody can know
  /// @param lines its history
  record History(@Nullable String zone, int inVain, List<String> lines) {}

  History history() throws InterruptedException {
    String log = log();
    Matcher m = REGISTERS.matcher(log);
    if (!m.find()) {
      throw new AssertionError(name + " did not come to its end:\n" + log);
    }
    System.out.println(name + " " + m.group());
    return new History(
        zone, Integer.parseInt(m.group(2)), log.lines().filter(l -> l.startsWith("{")).toList());
  }

  /// Several histories as one.
  static Map<String, List<Operation>> together(List<History> histories) {
    return HistoryLines.read(histories.stream().flatMap(h -> h.lines().stream()).toList());
  }
}
