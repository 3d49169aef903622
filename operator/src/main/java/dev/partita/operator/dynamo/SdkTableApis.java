package dev.partita.operator.dynamo;

import dev.partita.operator.pods.Connection;
import dev.partita.operator.tls.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// One client per cluster, however many tables it has. It trusts the cluster's own CA and nothing
/// else, and does not read the settings that the machine may hold for Amazon's cloud.
public final class SdkTableApis implements TableApis, AutoCloseable {

  /// Pods are in the same Kubernetes cluster.
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /// Between two bytes of an answer. A pod without quorum gives up earlier.
  private static final Duration READ_LIMIT = Duration.ofSeconds(8);

  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("partita-dynamo-timer").daemon().factory());

  public SdkTableApis(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public TableApi of(String cluster, Connection connection) {
    return clients.compute(
            cluster,
            (_, known) -> {
              if (known != null && known.connection.equals(connection)) {
                return known;
              }
              Client fresh = open(connection);
              if (known != null) {
                known.close();
              }
              return fresh;
            })
        .api;
  }

  @Override
  public void forget(String cluster) {
    Client client = clients.remove(cluster);
    if (client != null) {
      client.close();
    }
  }

  @Override
  public void close() {
    clients.values().forEach(Client::close);
    clients.clear();
    timer.shutdownNow();
  }

  private Client open(Connection connection) {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_LIMIT)
            .socketTimeout(READ_LIMIT);
    String ca = connection.endpointCa();
    if (ca != null) {
      try {
        TrustManager[] trusted = trusting(ca);
        http.tlsTrustManagersProvider(() -> trusted);
      } catch (GeneralSecurityException | IOException e) {
        return new Client(
            connection, null, new Unusable("its CA makes no sense: " + e.getMessage()));
      }
    }
    DynamoDbClient sdk =
        DynamoDbClient.builder()
            .endpointOverride(connection.endpoint())
            .region(Region.of(connection.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        connection.accessKeyId(), connection.secretAccessKey())))
            .httpClientBuilder(http)
            .endpointDiscoveryEnabled(false)
            .overrideConfiguration(
                settings ->
                    settings
                        .apiCallTimeout(CALL_LIMIT)
                        .scheduledExecutorService(timer)
                        // A second attempt of CreateTable would find the table of the first.
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .defaultProfileFile(ProfileFile.aggregator().build()))
            .build();
    return new Client(connection, sdk, new Breaker(new SdkTableApi(sdk), clock));
  }

  private static TrustManager[] trusting(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate ca : Pem.certificates(pem)) {
      store.setCertificateEntry("ca-" + number++, ca);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /// @param sdk null where the connection makes no sense
  private record Client(Connection connection, @Nullable DynamoDbClient sdk, TableApi api) {

    void close() {
      if (sdk != null) {
        sdk.close();
      }
    }
  }
}
