package dev.partita.e2e.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes what was tried, on what, and how long each case took, as Markdown.
public final class Report implements TestExecutionListener {

  private static final Path FILE = Path.of("target", "e2e-report.md");

  private final Map<String, Instant> begun = new ConcurrentHashMap<>();
  private final List<String> rows = new ArrayList<>();

  @Override
  public void executionStarted(TestIdentifier test) {
    begun.put(test.getUniqueId(), Instant.now());
    if (test.isTest()) {
      System.out.printf("%s begins: %s%n", time(Instant.now()), sentence(test));
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    boolean failedContainer =
        test.isContainer() && result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
    if (!test.isTest() && !failedContainer) {
      return;
    }
    Instant from = begun.getOrDefault(test.getUniqueId(), Instant.now());
    long seconds = Duration.between(from, Instant.now()).toSeconds();
    String outcome =
        switch (result.getStatus()) {
          case SUCCESSFUL -> "held";
          case FAILED -> "**failed**: " + message(result);
          case ABORTED -> "not tried: " + message(result);
        };
    add(test, seconds + " s", outcome);
    System.out.printf("%s %s: %s, %d s%n", time(Instant.now()), sentence(test), outcome, seconds);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    add(test, "", "not tried: " + reason);
  }

  private synchronized void add(TestIdentifier test, String time, String outcome) {
    String area =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(s -> ((MethodSource) s).getClassName())
            .map(c -> c.substring(c.lastIndexOf('.') + 1).replace("Test", ""))
            .orElse(test.getDisplayName());
    rows.add("| %s | %s | %s | %s |".formatted(area, sentence(test), time, outcome));
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("# Last run on a real Kubernetes");
    lines.add("");
    lines.add("Made by `./partita e2e`, " + time(Instant.now()) + " UTC.");
    lines.add("");
    Stage.versions().forEach(line -> lines.add("- " + line));
    lines.add("");
    lines.add("| area | case | time | outcome |");
    lines.add("|---|---|---|---|");
    synchronized (this) {
      lines.addAll(rows);
    }
    try {
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
  }

  private static String message(TestExecutionResult result) {
    return result.getThrowable().map(Report::firstLine).orElse("");
  }

  /// Of several lines the first with something in it.
  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("")
        .replace('|', '/');
  }

  /// `aPodIsKilled()` as "a pod is killed".
  private static String sentence(TestIdentifier test) {
    return test.getDisplayName()
        .replace("()", "")
        .replaceAll("(?<=[A-Za-z0-9])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
