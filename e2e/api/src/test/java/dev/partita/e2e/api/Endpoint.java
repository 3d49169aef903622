package dev.partita.e2e.api;

import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// Where the cases go: `-Dpartita.endpoint=URL`, or a development server of their own. The value
/// `aws` is the real service. At an endpoint that is given, credentials come from where the SDK
/// looks for them, and the region from `-Dpartita.region`.
///
/// @param uri null for the real service
record Endpoint(@Nullable URI uri, String region, AwsCredentialsProvider credentials) {

  private static @Nullable Endpoint shared;

  /// One for all tests of this JVM; a server of its own ends with the JVM.
  static synchronized Endpoint shared() {
    if (shared == null) {
      shared = given().orElseGet(Endpoint::own);
    }
    return shared;
  }

  private static Optional<Endpoint> given() {
    String url = System.getProperty("partita.endpoint", "");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Endpoint(
            url.equals("aws") ? null : URI.create(url),
            System.getProperty("partita.region", PartitaDev.REGION),
            DefaultCredentialsProvider.builder().build()));
  }

  private static Endpoint own() {
    try {
      Path folder = Files.createTempDirectory("partita-api");
      PartitaDev server = PartitaDev.start(folder.resolve("data"), folder.resolve("dev.log"));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    delete(folder);
                  }));
      return new Endpoint(
          server.endpoint(),
          PartitaDev.REGION,
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(
                  PartitaDev.CREDENTIALS.accessKeyId(), PartitaDev.CREDENTIALS.secretAccessKey())));
    } catch (IOException e) {
      throw new IllegalStateException("no server of our own", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server started", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
    } catch (IOException e) {
      System.err.println("left behind: " + folder);
    }
  }

  /// A client that tries once: what the server says is what a case sees.
  DynamoDbClient client() {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    return (uri == null ? builder : builder.endpointOverride(uri)).build();
  }

  /// The address as raw requests need it.
  URI address() {
    return uri == null ? URI.create("https://dynamodb." + region + ".amazonaws.com") : uri;
  }

  /// The key pair for requests that are signed here.
  Credentials keys() {
    AwsCredentials c = credentials.resolveCredentials();
    return new Credentials(c.accessKeyId(), c.secretAccessKey());
  }
}
