package dev.partita.server.cli;

import dev.partita.server.credentials.AccessKey;
import dev.partita.server.credentials.CredentialFile;
import dev.partita.server.credentials.FollowedCredentials;
import dev.partita.server.pod.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Options that say who may send requests, and what for.
final class AccessOptions {

  static final String DEFAULT_REGION = "local-1";

  /// Null if not given, so that a cluster can go on with what it was started with.
  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Region in ARNs (default: " + DEFAULT_REGION + "); clients may sign for any",
      scope = ScopeType.INHERIT)
  @Nullable String region;

  @Option(
      names = "--no-auth",
      description = "Do not check signatures: everybody may do everything",
      scope = ScopeType.INHERIT)
  boolean noAuth;

  @Option(
      names = "--credentials",
      paramLabel = "PATH",
      description =
          "Access keys, in the format of the AWS tools: a file, or a folder of files, whose changes"
              + " are followed (default: 'credentials' in the data folder, made at the first start;"
              + " the environment's PARTITA_ACCESS_KEY_ID and PARTITA_SECRET_ACCESS_KEY go before"
              + " both)",
      scope = ScopeType.INHERIT)
  @Nullable Path credentials;

  String region() {
    return Objects.requireNonNullElse(region, DEFAULT_REGION);
  }

  /// The keys that may sign; none where signatures are not checked.
  ///
  /// @param data folder where the file is made if none is named
  Keys keys(Path data) {
    if (noAuth) {
      return Keys.of(List.of(), null);
    }
    try {
      AccessKey fromEnvironment = fromEnvironment();
      if (fromEnvironment != null) {
        return Keys.of(List.of(fromEnvironment), null);
      }
      if (credentials != null) {
        FollowedCredentials source = FollowedCredentials.open(credentials);
        return new Keys(List.copyOf(source.keys()), credentials, new Access.Followed(source));
      }
      Path file = data.resolve("credentials");
      return Keys.of(CredentialFile.readOrCreate(file), file);
    } catch (IOException e) {
      throw problem(e);
    }
  }

  /// The keys that somebody named.
  ///
  /// @param environment whether to look there too
  /// @return null if nobody did
  @Nullable List<AccessKey> given(boolean environment) {
    try {
      AccessKey fromEnvironment = environment ? fromEnvironment() : null;
      if (fromEnvironment != null) {
        return List.of(fromEnvironment);
      }
      return credentials == null ? null : CredentialFile.read(credentials);
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private static @Nullable AccessKey fromEnvironment() throws IOException {
    return CredentialFile.fromEnvironment(
        System.getenv(CredentialFile.ID_VARIABLE), System.getenv(CredentialFile.SECRET_VARIABLE));
  }

  private static UserError problem(IOException e) {
    return new UserError(UserError.USAGE, "credentials: " + Problems.text(e));
  }

  /// @param keys that are in force at the start
  /// @param file null if they came from the environment
  record Keys(List<AccessKey> keys, @Nullable Path file, Access access) {

    /// Keys that stay as they are; none means that signatures are not checked.
    static Keys of(List<AccessKey> keys, @Nullable Path file) {
      return new Keys(keys, file, Access.of(keys));
    }
  }
}
