package dev.partita.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Runs wrk and reads what it says.
final class Wrk {

  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern PERCENTILE =
      Pattern.compile("(?m)^\\s+(50|99)%\\s+([0-9.]+)(us|ms|s|m)\\s*$");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern BROKEN =
      Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
  private static final Pattern WRONG = Pattern.compile("Answers of another length: (\\d+)");

  private Wrk() {}

  /// @param perSecond answered requests per second
  /// @param p50Millis median latency
  /// @param p99Millis 99th percentile
  /// @param failed answers other than 2xx or of another length than they should be, and broken
  ///   connections
  record Result(double perSecond, double p50Millis, double p99Millis, long failed) {}

  /// @param endpoints one thread for each
  /// @param answerBytes length of every answer's body, if it is known
  /// @throws IllegalStateException if wrk is missing or says something else than expected
  static Result run(
      List<URI> endpoints, Path requests, int connections, int seconds, OptionalInt answerBytes)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile("replay", ".lua");
    try (InputStream in =
        Objects.requireNonNull(Wrk.class.getResourceAsStream("replay.lua"), "replay.lua")) {
      Files.write(script, in.readAllBytes());
    }
    List<String> command =
        List.of(
            "wrk",
            "--latency",
            "-t" + endpoints.size(),
            "-c" + connections,
            "-d" + seconds + "s",
            "--timeout",
            "10s",
            "-s",
            script.toString(),
            endpoints.getFirst().toString(),
            "--",
            requests.toString());
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder
          .environment()
          .put(
              "PARTITA_BENCH_ENDPOINTS",
              endpoints.stream().map(URI::getAuthority).collect(Collectors.joining(" ")));
      answerBytes.ifPresent(
          bytes ->
              builder.environment().put("PARTITA_BENCH_ANSWER_BYTES", Integer.toString(bytes)));
      process = builder.start();
    } catch (IOException e) {
      throw new IllegalStateException("wrk is needed (Debian package `wrk`)", e);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Files.delete(script);
    return parse(said);
  }

  static Result parse(String said) {
    Matcher rate = RATE.matcher(said);
    if (!rate.find()) {
      throw new IllegalStateException("wrk said:\n" + said);
    }
    double p50 = Double.NaN;
    double p99 = Double.NaN;
    Matcher percentile = PERCENTILE.matcher(said);
    while (percentile.find()) {
      double millis = Double.parseDouble(percentile.group(2)) * millisPer(percentile.group(3));
      if (percentile.group(1).equals("50")) {
        p50 = millis;
      } else {
        p99 = millis;
      }
    }
    long failed = 0;
    Matcher refused = REFUSED.matcher(said);
    if (refused.find()) {
      failed += Long.parseLong(refused.group(1));
    }
    Matcher broken = BROKEN.matcher(said);
    if (broken.find()) {
      for (int g = 1; g <= 4; g++) {
        failed += Long.parseLong(broken.group(g));
      }
    }
    Matcher wrong = WRONG.matcher(said);
    if (!wrong.find()) {
      throw new IllegalStateException("wrk did not come to its end:\n" + said);
    }
    failed += Long.parseLong(wrong.group(1));
    return new Result(Double.parseDouble(rate.group(1)), p50, p99, failed);
  }

  private static double millisPer(String unit) {
    return switch (unit) {
      case "us" -> 0.001;
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      default -> throw new IllegalArgumentException(unit);
    };
  }
}
