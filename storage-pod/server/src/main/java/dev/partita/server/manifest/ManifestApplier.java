package dev.partita.server.manifest;

import dev.partita.cluster.Cluster;
import dev.partita.cluster.TableLookup;
import dev.partita.cluster.TableOutcome;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.manifest.TableManifest.DeletionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the tables of a file to what the file says. First everything is planned, and one table
/// that cannot be so stops all of them; then the plans are carried out one after the other. Blocks;
/// for one thread of its own.
final class ManifestApplier {

  private static final Logger log = LoggerFactory.getLogger(ManifestApplier.class);

  /// How long one answer of the catalog may take.
  private static final Duration CATALOG_LIMIT = Duration.ofSeconds(30);

  /// How long a table may take to become active or vanish.
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(20);

  /// How often a plan is made anew because somebody else changed the table.
  private static final int MAX_ATTEMPTS = 5;

  private final Cluster cluster;

  ManifestApplier(Cluster cluster) {
    this.cluster = cluster;
  }

  /// @param manifests of one file
  void apply(List<TableManifest> manifests) throws ManifestException, InterruptedException {
    List<TablePlan> plans = new ArrayList<>();
    for (TableManifest manifest : manifests) {
      plans.add(plan(manifest));
    }
    for (TablePlan plan : plans) {
      carryOut(plan);
    }
  }

  private TablePlan plan(TableManifest manifest) throws ManifestException, InterruptedException {
    return TablePlan.of(manifest, settled(manifest));
  }

  private void carryOut(TablePlan planned) throws ManifestException, InterruptedException {
    TablePlan plan = planned;
    for (int attempt = 1; ; attempt++) {
      TableManifest manifest = plan.manifest();
      String name = manifest.tableName();
      TableOutcome outcome =
          switch (plan) {
            case TablePlan.Nothing _ -> null;
            case TablePlan.Create _ -> await(manifest, cluster.createTable(manifest.definition()));
            case TablePlan.Update update ->
                await(manifest, cluster.updateTable(name, update.to(), update.from()));
          };
      boolean again =
          outcome instanceof TableOutcome.Changed
              || outcome instanceof TableOutcome.AlreadyExists
              || outcome instanceof TableOutcome.InUse
              || outcome instanceof TableOutcome.NotFound;
      if (!again || attempt == MAX_ATTEMPTS) {
        finish(plan, outcome);
        return;
      }
      plan = plan(manifest);
    }
  }

  private void finish(TablePlan plan, @Nullable TableOutcome outcome)
      throws ManifestException, InterruptedException {
    TableManifest manifest = plan.manifest();
    String name = manifest.tableName();
    if (outcome == null) {
      log.info("table {} is as {} says", name, manifest.file());
    } else if (outcome instanceof TableOutcome.Done) {
      settled(manifest);
      log.info(
          "table {} {} from {}",
          name,
          plan instanceof TablePlan.Create ? "created" : "updated",
          manifest.file());
    } else {
      throw manifest.problem("", said(outcome));
    }
  }

  /// Does to a table that no file declares any more what its file said.
  ///
  /// @return false if it should have been deleted and is still there
  boolean vanish(String name, DeletionPolicy policy, Path file) throws InterruptedException {
    return switch (policy) {
      case RETAIN -> {
        log.info("table {} is gone from {} and retained", name, file);
        yield true;
      }
      case DELETE -> delete(name, file);
    };
  }

  private boolean delete(String name, Path file) throws InterruptedException {
    String problem;
    try {
      TableOutcome outcome = await(file, 1, name, cluster.deleteTable(name));
      if (outcome instanceof TableOutcome.Done || outcome instanceof TableOutcome.NotFound) {
        log.info("table {} is gone from {} and deleted", name, file);
        return true;
      }
      problem = said(outcome);
    } catch (ManifestException e) {
      problem = e.getMessage();
    }
    log.warn("table {} is gone from {} and stays for now: {}", name, file, problem);
    return false;
  }

  /// The table once it is neither being created, changed nor deleted.
  private @Nullable TableRecord settled(TableManifest manifest)
      throws ManifestException, InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (true) {
      String still;
      switch (await(manifest, cluster.table(manifest.tableName()))) {
        case TableLookup.Missing _ -> {
          return null;
        }
        case TableLookup.Found(TableRecord table) when table.status() == TableStatus.ACTIVE -> {
          return table;
        }
        case TableLookup.Found(TableRecord table) -> still = "is still " + table.status();
        case TableLookup.Unavailable(String reason) -> still = reason;
      }
      if (System.nanoTime() > deadline) {
        throw manifest.problem("", still);
      }
      Thread.sleep(POLL);
    }
  }

  private static String said(TableOutcome outcome) {
    return switch (outcome) {
      case TableOutcome.Done _ -> "done";
      case TableOutcome.NotFound _ -> "there is no such table any more";
      case TableOutcome.AlreadyExists _ -> "it exists already";
      case TableOutcome.InUse(TableStatus status) -> "it is " + status;
      case TableOutcome.Protected _ -> "its deletion protection is on";
      case TableOutcome.Changed _ -> "somebody else keeps changing it";
      case TableOutcome.LimitExceeded(String message) -> message;
      case TableOutcome.Unavailable(String reason) -> reason;
    };
  }

  private static <T extends @Nullable Object> T await(
      TableManifest manifest, CompletableFuture<T> future)
      throws ManifestException, InterruptedException {
    return await(manifest.file(), manifest.line(), manifest.tableName(), future);
  }

  private static <T extends @Nullable Object> T await(
      Path file, int line, String table, CompletableFuture<T> future)
      throws ManifestException, InterruptedException {
    try {
      return future.get(CATALOG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ManifestException(file, line, "table " + table + ": the catalog does not answer");
    } catch (ExecutionException e) {
      log.warn("applying {} failed", file, Objects.requireNonNullElse(e.getCause(), e));
      throw new ManifestException(file, line, "table " + table + ": " + e.getCause());
    }
  }
}
