package dev.partita.server.cli;

import dev.partita.server.credentials.AccessKey;
import dev.partita.server.pod.Access;
import dev.partita.server.pod.ServingPod;
import dev.partita.server.pod.ServingSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// What a user needs to know after a start: where, as whom, and a line to paste.
final class Banner {

  /// Any pair signs where signatures are not checked, but the tools insist on one.
  private static final AccessKey ANYBODY = new AccessKey("anybody", "anybody-at-all");

  private Banner() {}

  static void dev(
      PrintWriter out,
      ServingSettings settings,
      Path data,
      ServingPod pod,
      AccessOptions.Keys keys) {
    String endpoint = url(settings.host(), pod.port());
    out.println();
    out.println("Partita " + CommandLineInterface.Version.text() + " serves.");
    out.println();
    row(out, "endpoint", endpoint);
    credentials(out, keys.keys(), keys);
    row(out, "region", settings.region());
    row(out, "data", data.toAbsolutePath().normalize().toString());
    row(out, "admin", url(settings.host(), pod.adminPort()));
    paste(out, keys.keys(), settings.region(), endpoint);
    out.println("Ctrl-C stops it.");
    out.flush();
  }

  static void credentials(PrintWriter out, List<AccessKey> checked, AccessOptions.Keys keys) {
    if (keys.access() instanceof Access.Followed && checked.isEmpty()) {
      row(out, "credentials", "none yet in " + keys.file());
      return;
    }
    if (checked.isEmpty()) {
      row(out, "credentials", "none needed: --no-auth lets everybody do everything");
      return;
    }
    AccessKey first = checked.getFirst();
    Path file = keys.file();
    row(out, "access key", first.id());
    row(out, "secret", first.secret());
    if (file != null) {
      row(out, "kept in", file.toAbsolutePath().normalize().toString());
    }
  }

  /// One line that works in a shell as it is.
  static void paste(PrintWriter out, List<AccessKey> checked, String region, String endpoint) {
    AccessKey key = checked.isEmpty() ? ANYBODY : checked.getFirst();
    out.println();
    out.println("Try it:");
    out.println();
    out.println(
        "  AWS_ACCESS_KEY_ID="
            + quoted(key.id())
            + " AWS_SECRET_ACCESS_KEY="
            + quoted(key.secret())
            + " AWS_DEFAULT_REGION="
            + quoted(region)
            + " aws dynamodb list-tables --endpoint-url "
            + endpoint);
    out.println();
  }

  static void row(PrintWriter out, String name, String value) {
    out.printf("  %-12s %s%n", name, value);
  }

  static String url(String host, int port) {
    return url(false, host, port);
  }

  static String url(boolean tls, String host, int port) {
    String name = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
    return (tls ? "https://" : "http://")
        + (name.contains(":") ? "[" + name + "]" : name)
        + ":"
        + port;
  }

  /// A secret from a file may hold anything visible.
  private static String quoted(String text) {
    return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_.+/=".indexOf(c) >= 0)
        ? text
        : "'" + text.replace("'", "'\\''") + "'";
  }
}
