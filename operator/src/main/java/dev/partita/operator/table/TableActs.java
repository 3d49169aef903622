package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableAnswer;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.kube.Events;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries out the plan for a table.
///
/// The one thing that is written down before an act is that a table is about to be made. An
/// operator that dies before it hears the answer finds that note, and knows the table as its own.
final class TableActs {

  private final Turn turn;
  private final Site.Reachable site;
  private final TableWork work;
  private final String name;

  TableActs(Turn turn, Site.Reachable site, TableWork work) {
    this.turn = turn;
    this.site = site;
    this.work = work;
    this.name = turn.table();
  }

  /// @param table null where there is none of that name
  Optional<Duration> act(@Nullable TableState table) {
    TableFacts facts = facts(turn, table);
    TablePlan plan = TablePlan.of(facts);
    if (plan instanceof TablePlan.Adopt(String tableId, boolean made)) {
      if (!made) {
        turn.event(
            Events.Type.NORMAL,
            "Adopted",
            "Sync",
            "table " + name + " was there and is taken over");
      }
      facts = facts.owning(tableId);
      plan = TablePlan.of(facts);
    }
    return Optional.of(carryOut(plan, facts));
  }

  static TableFacts facts(Turn turn, @Nullable TableState table) {
    return Recall.facts(
        turn.resource(),
        Rivals.of(turn.resource(), turn.around().namesakes(turn.resource())),
        table);
  }

  private Duration carryOut(TablePlan plan, TableFacts facts) {
    TableState table = facts.table();
    return switch (plan) {
      case TablePlan.Create(boolean lost) -> create(facts, lost);
      case TablePlan.Update update -> update(update, known(table));
      case TablePlan.Settle(String status) -> {
        boolean own = known(table).tableId().equals(facts.ownedId());
        turn.tell(
            own ? work.seen(turn, site, known(table), true) : nothing(),
            Verdict.settling(name, status));
        yield turn.settling();
      }
      case TablePlan.InSync _ -> {
        Look.Seen seen = work.seen(turn, site, known(table), true);
        turn.tell(seen, Verdict.inSync(name));
        yield seen.partitions() == null ? turn.uncounted() : turn.rest();
      }
      case TablePlan.Watch watch -> {
        turn.tell(
            table == null ? nothing() : work.seen(turn, site, table, TablePlan.isOwn(facts, table)),
            Verdict.watching(name, table, watch.differences()));
        yield turn.rest();
      }
      case TablePlan.Refuse(TablePlan.Refusal why, String text) -> {
        boolean own = table != null && table.tableId().equals(facts.ownedId());
        // A table that was asked for may turn out to be this resource's yet: the note stays.
        boolean mayBe = why == TablePlan.Refusal.NAME_TAKEN && facts.asked();
        turn.tell(
            own
                ? work.seen(turn, site, known(table), true)
                : mayBe ? new Look.Unknown(site.endpoint()) : nothing(),
            Verdict.refused(name, why, text, own ? table : null));
        yield turn.rest();
      }
      case TablePlan.Adopt _ -> throw new IllegalStateException("a table is taken over once");
    };
  }

  private Duration create(TableFacts facts, boolean lost) {
    if (lost) {
      turn.event(
          Events.Type.WARNING,
          "TableLost",
          "Sync",
          "table " + name + " was deleted by somebody else; it is made anew, empty");
    }
    boolean first = !facts.asked();
    turn.tell(new Look.Nothing(site.endpoint(), TableState.CREATING), Verdict.creating(name));
    return switch (site.api().create(facts.wish())) {
      case TableAnswer.Accepted _, TableAnswer.Found _, TableAnswer.Missing _ -> Pace.SOON;
      case TableAnswer.InUse _ when first -> {
        // Somebody came between our look and our request: it is theirs.
        turn.tell(
            nothing(),
            Verdict.refused(name, TablePlan.Refusal.TABLE_EXISTS, TablePlan.taken(name), null));
        yield Pace.SOON;
      }
      case TableAnswer.InUse _ -> Pace.SOON;
      case TableAnswer.Refused(String text) -> {
        turn.tell(nothing(), Verdict.refused(name, TablePlan.Refusal.REFUSED, text, null));
        yield turn.rest();
      }
      case TableAnswer.NotNow(String text) -> {
        turn.tell(nothing(), Verdict.notNow(name, text, null));
        yield turn.failing(null);
      }
      // The note stays: nobody knows whether the table was made.
      case TableAnswer.Unreachable(String why) -> work.unreachable(turn, site, why);
    };
  }

  private Duration update(TablePlan.Update update, TableState table) {
    Verdict done = Verdict.updating(name, update.differences(), update.drift());
    return switch (site.api().update(name, update.change())) {
      case TableAnswer.Accepted _, TableAnswer.Found _, TableAnswer.InUse _ -> {
        turn.tell(work.seen(turn, site, table, true), done);
        yield Pace.SOON;
      }
      case TableAnswer.Missing _ -> Pace.SOON;
      case TableAnswer.Refused(String text) -> {
        tell(table, update, Verdict.refused(name, TablePlan.Refusal.REFUSED, text, table));
        yield turn.rest();
      }
      case TableAnswer.NotNow(String text) -> {
        tell(table, update, Verdict.notNow(name, text, table));
        yield turn.failing(null);
      }
      case TableAnswer.Unreachable(String why) -> work.unreachable(turn, site, why);
    };
  }

  private void tell(TableState table, TablePlan.Update update, Verdict verdict) {
    turn.tell(
        work.seen(turn, site, table, true),
        update.drift() ? verdict.with(Verdict.drifted(update.differences())) : verdict);
  }

  private Look nothing() {
    return new Look.Nothing(site.endpoint(), null);
  }

  private static TableState known(@Nullable TableState table) {
    if (table == null) {
      throw new IllegalStateException("this plan is only made for a table that is there");
    }
    return table;
  }
}
