package dev.partita.testing.apiserver;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A running API server that knows Partita's kinds.
public final class ApiServer implements AutoCloseable {

  /// File names of the definitions in the `crds` module.
  public static final List<String> DEFINITIONS =
      List.of(
          "storageclusters.partita.dev.yaml",
          "dynamotables.partita.dev.yaml",
          "accesskeys.partita.dev.yaml");

  /// Until the API server serves a kind that it has just been told of.
  private static final long MAX_ESTABLISH_SECONDS = 30;

  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

  private final Servers servers;
  private final Kubectl kubectl;
  private final KubernetesClient client;
  private final AtomicInteger namespaces = new AtomicInteger();

  ApiServer(Servers servers, Kubectl kubectl) throws IOException {
    this.servers = servers;
    this.kubectl = kubectl;
    this.client = new KubernetesClientBuilder().withConfig(config()).build();
    for (String name : DEFINITIONS) {
      define(name);
    }
  }

  private Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(servers.url().toString())
        .withCaCertFile(servers.certificate().toString())
        .withOauthToken(servers.token())
        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  private void define(String name) throws IOException {
    CustomResourceDefinition definition =
        Serialization.unmarshal(definition(name), CustomResourceDefinition.class);
    client.resource(definition).serverSideApply();
    client
        .resource(definition)
        .waitUntilCondition(ApiServer::isEstablished, MAX_ESTABLISH_SECONDS, TimeUnit.SECONDS);
  }

  /// Text of a definition that the `crds` module ships.
  ///
  /// @param name one of [#DEFINITIONS]
  public static String definition(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(dev.partita.crds.Partita.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  /// As an administrator. Belongs to this object; whoever closes it harms other tests.
  public KubernetesClient client() {
    return client;
  }

  /// A client of the caller's own, to be closed.
  public KubernetesClient newClient() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /// For programs: a file that says where the server is, and who the administrator is.
  public Path kubeconfig() {
    return kubectl.config();
  }

  /// The real kubectl against this server.
  public Kubectl kubectl() {
    return kubectl;
  }

  /// Makes a namespace that no other test has.
  ///
  /// @return its name
  public String newNamespace(String prefix) {
    String name = prefix.toLowerCase(Locale.ROOT) + "-" + namespaces.incrementAndGet();
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  @Override
  public void close() {
    client.close();
    servers.close();
  }
}
