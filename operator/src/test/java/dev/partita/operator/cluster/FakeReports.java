package dev.partita.operator.cluster;

import dev.partita.crds.StorageCluster;
import dev.partita.operator.pods.PodReports;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Pods that say what a test wants them to say.
final class FakeReports implements PodReports {

  private final List<Consumer<ResourceID>> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, Answer> answers = Map.of();

  void say(Map<String, Answer> now) {
    answers = now;
  }

  void tell(ResourceID cluster) {
    listeners.forEach(l -> l.accept(cluster));
  }

  @Override
  public Map<String, Answer> latest(ResourceID cluster) {
    return answers;
  }

  @Override
  public Map<String, Answer> ask(StorageCluster cluster) {
    return answers;
  }

  @Override
  public void follow(StorageCluster cluster) {}

  @Override
  public void onChange(Consumer<ResourceID> listener) {
    listeners.add(listener);
  }
}
