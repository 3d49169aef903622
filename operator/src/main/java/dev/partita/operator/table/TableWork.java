package dev.partita.operator.table;

import dev.partita.crds.DeletionPolicy;
import dev.partita.crds.DynamoTable;
import dev.partita.operator.dynamo.TableAnswer;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.kube.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One turn for one table: look, plan, at most one act, one status.
final class TableWork {

  /// How long a resource waits before the default cluster is made for it: the StorageCluster may be
  /// the next document of the same file.
  static final Duration DEFAULT_CLUSTER_GRACE = Duration.ofSeconds(2);

  /// How long a cluster may be silent before its tables say so: a pod that is restarted is not
  /// worth a word.
  static final Duration SILENCE_GRACE = Duration.ofSeconds(10);

  private final Sites sites;
  private final PartitionCounts partitions;
  private final Events events;
  private final InstantSource clock;
  private final Pace pace;
  private final Memory memory = new Memory();

  TableWork(
      Sites sites, PartitionCounts partitions, Events events, InstantSource clock, Pace pace) {
    this.sites = sites;
    this.partitions = partitions;
    this.events = events;
    this.clock = clock;
    this.pace = pace;
  }

  /// @param seen a resource that is not being deleted
  /// @return when to look again
  Duration reconcile(DynamoTable seen, Surroundings around) {
    DynamoTable resource = withFinalizer(seen, around);
    Turn turn = new Turn(resource, around, events, pace, clock.instant());
    return switch (sites.of(resource, around)) {
      case Site.Absent(String cluster) -> withoutCluster(turn, cluster);
      case Site.NotYet notYet -> notYet(turn, notYet);
      case Site.Reachable site ->
          look(turn, site, described(turn, site), new TableActs(turn, site, this)::act)
              .orElseGet(turn::rest);
    };
  }

  /// @param resource that is being deleted
  /// @return when to look again; empty when nothing is left to do
  Optional<Duration> delete(DynamoTable resource, Surroundings around) {
    if (!resource.hasFinalizer(Finalizer.NAME)) {
      return Optional.empty();
    }
    Turn turn = new Turn(resource, around, events, pace, clock.instant());
    if (!deletes(resource) || !turn.mayHaveTable()) {
      return letGo(turn);
    }
    return switch (sites.of(resource, around)) {
      case Site.Absent _ -> letGo(turn);
      case Site.NotYet notYet -> Optional.of(notYet(turn, notYet));
      // Its data goes or stays as the cluster's own policy says.
      case Site.Reachable site when site.cluster().isMarkedForDeletion() -> letGo(turn);
      case Site.Reachable site ->
          look(
              turn,
              site,
              site.api().describe(turn.table()),
              new TableDeletion(turn, site, this)::act);
    };
  }

  /// The resource is gone.
  void forget(DynamoTable resource) {
    memory.forget(resource);
  }

  static Optional<Duration> letGo(Turn turn) {
    turn.letGo();
    return Optional.empty();
  }

  private static boolean deletes(DynamoTable resource) {
    return resource.getSpec().deletionPolicy() == DeletionPolicy.DELETE
        && !Rivals.observesOnly(resource);
  }

  /// The finalizer is there exactly while the deletion of the resource would delete a table.
  private static DynamoTable withFinalizer(DynamoTable resource, Surroundings around) {
    boolean wanted = deletes(resource);
    if (wanted == resource.hasFinalizer(Finalizer.NAME)) {
      return resource;
    }
    return wanted ? around.addFinalizer(resource) : around.removeFinalizer(resource);
  }

  private Duration withoutCluster(Turn turn, String cluster) {
    // A default cluster that was there and is not was deleted by somebody, who meant it.
    if (turn.resource().getSpec().clusterRef() != null || turn.hadCluster()) {
      turn.tell(new Look.Unknown(null), Verdict.clusterMissing(cluster));
      return turn.failing(null);
    }
    // By the operator's own clock: the API server's may be another.
    Instant since = memory.failed(turn.resource(), turn.now());
    Duration waited = Duration.between(since, turn.now());
    if (waited.compareTo(DEFAULT_CLUSTER_GRACE) < 0) {
      return DEFAULT_CLUSTER_GRACE.minus(waited);
    }
    if (turn.around().makeDefaultCluster(turn.resource())) {
      turn.event(
          Events.Type.NORMAL,
          "ClusterCreated",
          "Sync",
          "no cluster is named and this namespace had no StorageCluster "
              + cluster
              + ": made one, and the AccessKey "
              + cluster);
    }
    return Pace.SOON;
  }

  private static Duration notYet(Turn turn, Site.NotYet site) {
    turn.tell(
        new Look.Unknown(null),
        Verdict.clusterNotReady(turn.mayHaveTable(), site.reason(), site.message()));
    return turn.failing(null);
  }

  /// Asks the API. Tags take a request of their own: only where they are managed.
  private static TableAnswer described(Turn turn, Site.Reachable site) {
    return turn.resource().getSpec().tags() == null
        ? site.api().describe(turn.table())
        : site.api().describeWithTags(turn.table());
  }

  /// Goes on with what the API said of a table.
  ///
  /// @param step takes null where there is no such table
  private Optional<Duration> look(Turn turn, Site.Reachable site, TableAnswer answer, Step step) {
    return switch (answer) {
      case TableAnswer.Found(TableState table) -> {
        memory.answered(turn.resource());
        yield step.take(table);
      }
      case TableAnswer.Missing _ -> {
        memory.answered(turn.resource());
        yield step.take(null);
      }
      case TableAnswer.Unreachable(String why) -> Optional.of(unreachable(turn, site, why));
      case TableAnswer.NotNow(String text) -> Optional.of(unreachable(turn, site, text));
      case TableAnswer.InUse(String text) -> Optional.of(unreachable(turn, site, text));
      case TableAnswer.Refused(String text) -> {
        memory.answered(turn.resource());
        turn.tell(
            new Look.Nothing(site.endpoint(), null),
            Verdict.refused(turn.table(), TablePlan.Refusal.REFUSED, text, null));
        yield Optional.of(turn.rest());
      }
      case TableAnswer.Accepted _ -> throw new IllegalStateException("a look changed something");
    };
  }

  /// What is done with a table once it is known.
  @FunctionalInterface
  private interface Step {
    Optional<Duration> take(@Nullable TableState table);
  }

  /// The cluster did not answer. A status that says that the table can be used stays for a while.
  Duration unreachable(Turn turn, Site.Reachable site, String why) {
    Instant since = memory.failed(turn.resource(), turn.now());
    boolean wait =
        turn.isReady() && Duration.between(since, turn.now()).compareTo(SILENCE_GRACE) < 0;
    if (!wait) {
      turn.tell(new Look.Unknown(site.endpoint()), Verdict.unreachable(site.name(), why));
    }
    return turn.failing(since);
  }

  /// What there is to say about a table that was seen.
  Look.Seen seen(Turn turn, Site.Reachable site, TableState table, boolean own) {
    return new Look.Seen(
        site.endpoint(),
        table,
        own,
        memory.seen(turn.resource(), table),
        partitions.of(site.cluster(), table.name()));
  }
}
