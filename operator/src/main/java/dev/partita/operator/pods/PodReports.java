package dev.partita.operator.pods;

import dev.partita.crds.StorageCluster;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the pods of clusters say about themselves. All known clusters' pods are asked every now and
/// then; whoever needs to know what they say this moment asks for that.
public interface PodReports {

  /// What the pods said when they were asked last. Never waits.
  ///
  /// @return by pod name; empty before the first time
  Map<String, Answer> latest(ResourceID cluster);

  /// Asks all pods of a cluster now, side by side. Takes as long as the slowest of them may.
  ///
  /// @return by pod name, one for each pod that the topology has
  Map<String, Answer> ask(StorageCluster cluster);

  /// From now on the cluster's pods are asked every now and then, until nobody has said so for a
  /// while.
  void follow(StorageCluster cluster);

  /// Calls somebody when something that matters has changed between two times of asking: a pod that
  /// came, went, or has other keys, certificates, or readiness; not indexes and sizes.
  void onChange(Consumer<ResourceID> listener);

  /// What one pod said.
  sealed interface Answer {

    /// @param partitions null until the pod has opened its data
    record Told(PodReport pod, @Nullable PartitionsReport partitions) implements Answer {}

    /// @param why a sentence
    record Silent(String why) implements Answer {}
  }
}
