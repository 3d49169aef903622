package dev.partita.server.cli;

import dev.partita.cluster.PodConfig;
import dev.partita.server.credentials.AccessKey;
import dev.partita.server.credentials.CredentialFile;
import dev.partita.server.pod.ServingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that every verb has that serves requests.
final class ServingOptions {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port for requests; 0 for one that is free (default: ${DEFAULT-VALUE})",
      defaultValue = "8000")
  int port;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "Port for health, metrics and reports (default: port + 100)",
      defaultValue = "-1")
  int adminPort;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on, for requests and for other pods (default: ${DEFAULT-VALUE})",
      defaultValue = "127.0.0.1")
  String host = "127.0.0.1";

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Region in ARNs (default: ${DEFAULT-VALUE}); clients may sign for any",
      defaultValue = "local-1")
  String region = "local-1";

  @Option(names = "--no-auth", description = "Do not check signatures: everybody may do everything")
  boolean noAuth;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Access keys, in the format of the AWS tools (default: 'credentials' in the data folder,"
              + " made at the first start; the environment's PARTITA_ACCESS_KEY_ID and"
              + " PARTITA_SECRET_ACCESS_KEY go before both)")
  @Nullable Path credentials;

  @Option(names = "--debug", description = "Log more")
  boolean debug;

  /// What the pod must be told to serve.
  ServingSettings settings(PodConfig pod, Keys keys) {
    return new ServingSettings(
        pod,
        host,
        Ports.checked("--port", port),
        adminPort < 0 ? Ports.admin(port) : Ports.checked("--admin-port", adminPort),
        region,
        noAuth ? List.of() : keys.keys());
  }

  /// The keys that may sign.
  ///
  /// @param data folder where the file is made if none is named
  Keys keys(Path data) {
    try {
      AccessKey fromEnvironment =
          CredentialFile.fromEnvironment(
              System.getenv("PARTITA_ACCESS_KEY_ID"), System.getenv("PARTITA_SECRET_ACCESS_KEY"));
      if (fromEnvironment != null) {
        return new Keys(List.of(fromEnvironment), null);
      }
      if (credentials != null) {
        return new Keys(CredentialFile.read(credentials), credentials);
      }
      Path file = data.resolve("credentials");
      return new Keys(CredentialFile.readOrCreate(file), file);
    } catch (IOException e) {
      throw new UserError(UserError.USAGE, "credentials: " + Problems.text(e));
    }
  }

  /// @param file null if they came from the environment
  record Keys(List<AccessKey> keys, @Nullable Path file) {}
}
