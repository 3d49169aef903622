package dev.partita.operator.pods;

import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.pods.Connection.ClientIdentity;
import dev.partita.operator.tls.TlsContexts;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One HTTP client per cluster, made anew when the operator's certificate there has changed.
public final class AdminClients implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final Map<ResourceID, Entry> clients = new ConcurrentHashMap<>();

  private record Entry(ClientIdentity identity, HttpClient http) {}

  PodAdmin of(ResourceID cluster, ClientIdentity identity) {
    return of(cluster, identity, Names.ADMIN_PORT, PodAdmin.ANSWER_TIMEOUT);
  }

  PodAdmin of(ResourceID cluster, ClientIdentity identity, int port, Duration timeout) {
    Entry entry = clients.compute(cluster, (_, known) -> fresh(known, identity));
    return new PodAdmin(entry.http(), port, timeout);
  }

  /// Lets go of a cluster that is gone.
  void forget(ResourceID cluster) {
    Entry entry = clients.remove(cluster);
    if (entry != null) {
      entry.http().shutdown();
    }
  }

  int size() {
    return clients.size();
  }

  @Override
  public void close() {
    clients.values().forEach(entry -> entry.http().shutdownNow());
    clients.clear();
  }

  private static Entry fresh(@Nullable Entry known, ClientIdentity identity) {
    if (known != null && known.identity().equals(identity)) {
      return known;
    }
    if (known != null) {
      // Whoever is using it finishes; its thread ends then.
      known.http().shutdown();
    }
    try {
      return new Entry(
          identity,
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .sslContext(TlsContexts.mutual(identity.certificate(), identity.key(), identity.ca()))
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the operator's own certificate makes no sense", e);
    }
  }
}
