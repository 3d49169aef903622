package dev.partita.e2e.kubernetes;

import dev.partita.e2e.wire.Trust;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The request port of one pod, from outside of the cluster, as `kubectl port-forward` gives it.
final class Door implements AutoCloseable {

  private static final int PORT = 8000;

  private final LocalPortForward forward;
  private final Values secret;

  private Door(LocalPortForward forward, Values secret) {
    this.forward = forward;
    this.secret = secret;
  }

  static Door open(Place place, String cluster) {
    return open(place, cluster, place.secret(cluster + "-credentials"));
  }

  /// @param secret of any AccessKey of that cluster
  static Door open(Place place, String cluster, Values secret) {
    return new Door(
        place
            .client()
            .pods()
            .inNamespace(place.namespace())
            .withName(cluster + "-0")
            .portForward(PORT),
        secret);
  }

  DynamoDbClient dynamo() {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("https://localhost:" + forward.getLocalPort()))
        .region(Region.of(secret.get("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    secret.get("AWS_ACCESS_KEY_ID"), secret.get("AWS_SECRET_ACCESS_KEY"))))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .tlsTrustManagersProvider(() -> Trust.managers(secret.get("PARTITA_CA"))))
        .build();
  }

  @Override
  public void close() throws IOException {
    forward.close();
  }
}
