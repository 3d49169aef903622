package dev.partita.e2e.kubernetes;

import dev.partita.e2e.check.HistoryLines;
import dev.partita.e2e.check.Operation;
import dev.partita.e2e.check.Silence;
import dev.partita.e2e.registers.RegisterClient.InVain;
import dev.partita.kube.Zone;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A client that runs in the cluster, with nothing but the Secret of an AccessKey.
final class WitnessPod {

  private static final Pattern COUNTS =
      Pattern.compile("done: answered=(\\d+) wrong=(\\d+) failed=(\\d+)");
  private static final Pattern REGISTERS =
      Pattern.compile(
          "done: (\\d+) operations; in vain: (\\d+) not sent, (\\d+) refused, (\\d+) unanswered");
  private static final Duration END = Duration.ofMinutes(3);
  private static final Duration BEGIN = Duration.ofMinutes(1);

  /// What a witness prints once it has been answered.
  private static final String AT_WORK = "at work";

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
        place,
        name,
        secret,
        null,
        length,
        List.of("application", "--table", table, "--key", key),
        _ -> {});
  }

  /// The same with so few attempts for each call.
  static WitnessPod applicationOfAttempts(
      int attempts, Place place, String name, String secret, String table, Duration length) {
    return start(
        place,
        name,
        secret,
        null,
        length,
        List.of("application", "--table", table),
        spec ->
            spec.getContainers()
                .getFirst()
                .setEnv(List.of(new EnvVar("AWS_MAX_ATTEMPTS", "" + attempts, null))));
  }

  /// Registers by way of a Service.
  static WitnessPod registers(
      Place place, int number, String secret, String table, Duration length, String endpoint) {
    return start(
        place,
        "registers-" + number,
        secret,
        null,
        length,
        registers(number, table, endpoint),
        _ -> {});
  }

  /// Registers on one pod, from that pod's zone. The pod is found without DNS, which a zone that is
  /// cut off does not have; only the last reads, when all is well again, go by way of the Service.
  static WitnessPod registersOn(
      Pod pod, Place place, int number, String secret, String table, Duration length, Zone zone) {
    String name =
        "%s.partita-pods.%s.svc".formatted(pod.getMetadata().getName(), place.namespace());
    return start(
        place,
        "registers-" + number,
        secret,
        zone.letter(),
        length,
        registers(
            number, table, "https://" + name + ":8000", "--last", Stage.service(place, "partita")),
        spec ->
            spec.setHostAliases(List.of(new HostAlias(List.of(name), pod.getStatus().getPodIP()))));
  }

  private static List<String> registers(int number, String table, String endpoint, String... more) {
    List<String> words = new ArrayList<>(List.of("registers", "--table", table));
    words.addAll(List.of("--witness", "" + number, "--endpoint", endpoint));
    words.addAll(List.of(more));
    return words;
  }

  private static WitnessPod start(
      Place place,
      String name,
      String secret,
      @Nullable String zone,
      Duration length,
      List<String> words,
      Consumer<PodSpec> more) {
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
    more.accept(pod.getSpec());
    client(place).resource(pod).create();
    return new WitnessPod(place, name, zone, until);
  }

  private static KubernetesClient client(Place place) {
    return place.stage().client();
  }

  /// Returns when it had its first answer.
  WitnessPod awaitAtWork() throws InterruptedException {
    Await.until(
        name + " is at work",
        BEGIN,
        () -> {
          Pod now = place.pod(name);
          return now != null
              && !now.getStatus().getPhase().equals("Pending")
              && currentLog().lines().anyMatch(AT_WORK::equals);
        },
        this::currentLog);
    return this;
  }

  private String currentLog() {
    return client(place).pods().inNamespace(place.namespace()).withName(name).getLog();
  }

  /// Fails where its work is over already: what it was to be a witness of took too long.
  void assertStillAtWork() {
    if (Instant.now().isAfter(until)) {
      throw new AssertionError(name + " ended before what it was to see was over: give it longer");
    }
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
    String log = currentLog();
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
  /// @param inVain calls whose answer, if any, told nothing
  /// @param registers its history of each register
  record History(@Nullable String zone, InVain inVain, Map<String, List<Operation>> registers) {

    /// The longest time in a span in which one of its clients had no answer.
    ///
    /// @param from of the machine's clock, as [System#nanoTime]
    Duration silence(long from, long to) {
      return Silence.longest(registers.values().stream().flatMap(List::stream).toList(), from, to);
    }
  }

  History history() throws InterruptedException {
    String log = log();
    Matcher m = REGISTERS.matcher(log);
    if (!m.find()) {
      throw new AssertionError(name + " did not come to its end:\n" + log);
    }
    System.out.println(name + " " + m.group());
    return new History(
        zone,
        new InVain(
            Long.parseLong(m.group(2)), Long.parseLong(m.group(3)), Long.parseLong(m.group(4))),
        HistoryLines.read(log.lines().filter(l -> l.startsWith("{")).toList()));
  }

  /// Several histories as one.
  static Map<String, List<Operation>> together(List<History> histories) {
    Map<String, List<Operation>> all = new TreeMap<>();
    for (History history : histories) {
      history
          .registers()
          .forEach((name, seen) -> all.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(seen));
    }
    return all;
  }
}
