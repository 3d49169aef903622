package dev.partita.operator.pods;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.Topology;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.pods.PodReports.Answer;
import dev.partita.operator.pods.PodReports.Answer.Silent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks all pods of a cluster by their admin ports, side by side.
public final class PodsByHttp implements PolledReports.Asking {

  private final Connections connections;
  private final AdminClients clients;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public PodsByHttp(Connections connections, AdminClients clients) {
    this.connections = connections;
    this.clients = clients;
  }

  @Override
  public Map<String, Answer> all(StorageCluster cluster) {
    Names names = Names.of(cluster);
    Topology topology = cluster.getSpec() == null ? null : cluster.getSpec().topology();
    List<String> pods = names.pods((topology == null ? Topology.THREE_ZONES : topology).pods());
    return switch (connections.find(cluster)) {
      case Connections.Found.NotYet(_, String message) -> silent(pods, message);
      case Connections.Found.Known(Connection connection) -> {
        PodAdmin admin = clients.of(ResourceID.fromResource(cluster), connection.admin());
        Map<String, Future<Answer>> asked = new LinkedHashMap<>();
        for (String pod : pods) {
          asked.put(pod, threads.submit(() -> admin.ask(names.podHost(pod))));
        }
        Map<String, Answer> answers = new TreeMap<>();
        asked.forEach((pod, answer) -> answers.put(pod, get(answer)));
        yield answers;
      }
    };
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
