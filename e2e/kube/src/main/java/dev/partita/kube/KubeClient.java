package dev.partita.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;

/// Makes clients of a cluster from its kubeconfig.
public final class KubeClient {

  private KubeClient() {}

  /// A client that retries as Fabric8 does by itself.
  public static KubernetesClient of(Path kubeconfig) {
    return build(Config.fromKubeconfig(kubeconfig.toFile()));
  }

  /// A client whose calls fail at once where the API server does not answer.
  public static KubernetesClient impatient(Path kubeconfig) {
    return build(
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
            .withRequestRetryBackoffLimit(0)
            .build());
  }

  private static KubernetesClient build(Config config) {
    // Named, so that no other client on the class path is taken by chance.
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }
}
