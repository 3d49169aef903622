package dev.partita.operator.pods;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.Topology;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.pods.Connection.ClientIdentity;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Asks all pods of a cluster by their admin ports, side by side.
public final class PodsByHttp implements PolledReports.Asking {

  private final Function<StorageCluster, Optional<ClientIdentity>> identities;
  private final AdminClients clients;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param identities who the operator is on a cluster's admin ports; empty while it is nobody
  public PodsByHttp(
      Function<StorageCluster, Optional<ClientIdentity>> identities, AdminClients clients) {
    this.identities = identities;
    this.clients = clients;
  }

  @Override
  public Map<String, Answer> all(StorageCluster cluster) {
    Names names = Names.of(cluster);
    Topology topology = cluster.getSpec() == null ? null : cluster.getSpec().topology();
    List<String> pods = names.pods((topology == null ? Topology.THREE_ZONES : topology).pods());
    Optional<ClientIdentity> identity = identities.apply(cluster);
    if (identity.isEmpty()) {
      return silent(pods, "the operator has no certificate for this cluster yet");
    }
    PodAdmin admin = clients.of(ResourceID.fromResource(cluster), identity.get());
    Map<String, Future<Answer>> asked = new LinkedHashMap<>();
    for (String pod : pods) {
      asked.put(pod, threads.submit(() -> admin.ask(names.podHost(pod))));
    }
    Map<String, Answer> answers = new TreeMap<>();
    asked.forEach((pod, answer) -> answers.put(pod, get(answer)));
    return answers;
  }

  @Override
  public void forget(ResourceID cluster) {
    clients.forget(cluster);
  }

  private static Map<String, Answer> silent(List<String> pods, String why) {
    Map<String, Answer> answers = new TreeMap<>();
    pods.forEach(pod -> answers.put(pod, new Silent(why)));
    return answers;
  }

  private static Answer get(Future<Answer> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      return new Silent(String.valueOf(e.getCause()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Silent("the operator is stopping");
    }
  }
}
