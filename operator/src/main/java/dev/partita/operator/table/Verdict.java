package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a look at a table comes to: the claims of its conditions.
///
/// @param ready whether applications can use the table
/// @param synced whether it is as the manifest says
/// @param drift null where nothing new is known
/// @param blocked null where nothing holds a deletion up
record Verdict(Claim ready, Claim synced, @Nullable Claim drift, @Nullable Claim blocked) {

  static final String READY = "Ready";
  static final String SYNCED = "Synced";
  static final String DRIFT = "DriftDetected";
  static final String BLOCKED = "DeletionBlocked";

  static final String ACTIVE = "Active";
  static final String IN_SYNC = "InSync";
  static final String CREATING = "Creating";
  static final String UPDATING = "Updating";
  static final String DELETING = "Deleting";
  static final String SETTLING = "Settling";
  static final String DIFFERS = "Differs";
  static final String TABLE_MISSING = "TableMissing";
  static final String LIMIT_EXCEEDED = "LimitExceeded";
  static final String UNREACHABLE = "Unreachable";
  static final String CLUSTER_MISSING = "ClusterMissing";
  static final String CHANGED_THROUGH_API = "ChangedThroughApi";
  static final String DRIFT_GONE = "DriftGone";
  static final String NO_DRIFT = "NoDrift";
  static final String PROTECTED = "DeletionProtection";

  private static final Claim NOTHING_CHANGED =
      Claim.no(NO_DRIFT, "nothing that the manifest names was changed through the API");

  private static Verdict of(Claim ready, Claim synced) {
    return new Verdict(ready, synced, null, null);
  }

  /// The same, with what is known of changes through the API.
  Verdict with(Claim drifted) {
    return new Verdict(ready, synced, drifted, blocked);
  }

  static Verdict clusterMissing(String cluster) {
    Claim claim =
        Claim.no(CLUSTER_MISSING, "there is no StorageCluster " + cluster + " in this namespace");
    return of(claim, claim);
  }

  /// @param hasTable whether there is a table whose state is not known now
  static Verdict clusterNotReady(boolean hasTable, String reason, String message) {
    Claim claim = hasTable ? Claim.unknown(reason, message) : Claim.no(reason, message);
    return of(claim, claim);
  }

  static Verdict unreachable(String cluster, String why) {
    Claim claim =
        Claim.unknown(UNREACHABLE, "StorageCluster " + cluster + " does not answer: " + why);
    return of(claim, claim);
  }

  static Verdict creating(String table) {
    Claim claim = Claim.no(CREATING, "table " + table + " is being made");
    return of(claim, claim);
  }

  static Verdict settling(String table, String status) {
    String sentence = "table " + table + " is " + status;
    return switch (status) {
      case TableState.CREATING -> creating(table);
      // It serves meanwhile.
      case TableState.UPDATING ->
          of(Claim.yes(ACTIVE, usable(table)), Claim.no(UPDATING, sentence));
      case TableState.DELETING -> of(Claim.no(DELETING, sentence), Claim.no(DELETING, sentence));
      default -> of(Claim.no(SETTLING, sentence), Claim.no(SETTLING, sentence));
    };
  }

  static Verdict inSync(String table) {
    return of(
            Claim.yes(ACTIVE, usable(table)),
            Claim.yes(IN_SYNC, "table " + table + " is as the manifest says"))
        .with(NOTHING_CHANGED);
  }

  static Verdict updating(String table, List<Difference> differences, boolean drift) {
    String text = Difference.text(differences);
    Verdict verdict =
        of(Claim.yes(ACTIVE, usable(table)), Claim.no(UPDATING, "is being changed: " + text));
    return drift ? verdict.with(drifted(differences)) : verdict;
  }

  static Claim drifted(List<Difference> differences) {
    return Claim.yes(CHANGED_THROUGH_API, Difference.text(differences));
  }

  static Verdict refused(
      String table, TablePlan.Refusal why, String text, @Nullable TableState own) {
    return of(ready(table, own, why.reason(), text), Claim.no(why.reason(), text));
  }

  static Verdict notNow(String table, String text, @Nullable TableState own) {
    return of(ready(table, own, LIMIT_EXCEEDED, text), Claim.no(LIMIT_EXCEEDED, text));
  }

  private static Claim ready(String table, @Nullable TableState own, String reason, String text) {
    return own != null && own.status().equals(TableState.ACTIVE)
        ? Claim.yes(ACTIVE, usable(table))
        : Claim.no(reason, text);
  }

  static Verdict watching(String name, @Nullable TableState table, List<Difference> differences) {
    if (table == null) {
      Claim claim = Claim.no(TABLE_MISSING, "there is no table " + name + " to watch");
      return of(claim, claim);
    }
    Claim ready =
        table.status().equals(TableState.ACTIVE) || table.status().equals(TableState.UPDATING)
            ? Claim.yes(ACTIVE, usable(name))
            : Claim.no(SETTLING, "table " + name + " is " + table.status());
    if (differences.isEmpty()) {
      return of(ready, Claim.yes(IN_SYNC, "table " + name + " is as the manifest says"))
          .with(NOTHING_CHANGED);
    }
    String text = Difference.text(differences);
    return of(ready, Claim.no(DIFFERS, text)).with(Claim.yes(DIFFERS, text));
  }

  static Verdict deleting(String table) {
    Claim claim = Claim.no(DELETING, "table " + table + " is being deleted");
    return of(claim, claim);
  }

  static Verdict held(String table, String text) {
    return new Verdict(
        Claim.yes(ACTIVE, usable(table)),
        Claim.no(DELETING, text),
        null,
        Claim.yes(PROTECTED, text));
  }

  private static String usable(String table) {
    return "table " + table + " can be used";
  }
}
