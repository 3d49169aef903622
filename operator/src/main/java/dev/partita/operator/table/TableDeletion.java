package dev.partita.operator.table;

import dev.partita.operator.dynamo.TableAnswer;
import dev.partita.operator.dynamo.TableState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deletes the table of a resource that is being deleted.
final class TableDeletion {

  private final Turn turn;
  private final Site.Reachable site;
  private final TableWork work;
  private final String name;

  TableDeletion(Turn turn, Site.Reachable site, TableWork work) {
    this.turn = turn;
    this.site = site;
    this.work = work;
    this.name = turn.table();
  }

  /// @param table null where there is none of that name
  Optional<Duration> act(@Nullable TableState table) {
    DeletionPlan plan = DeletionPlan.of(TableActs.facts(turn, table));
    return table == null
        ? TableWork.letGo(turn)
        : switch (plan) {
          case DeletionPlan.LetGo _ -> TableWork.letGo(turn);
          case DeletionPlan.Delete _ -> heard(table, site.api().delete(name));
          case DeletionPlan.Unprotect unprotect ->
              heard(table, site.api().update(name, unprotect.change()));
          case DeletionPlan.Settle _ -> {
            tell(table, Verdict.deleting(name));
            yield Optional.of(turn.settling());
          }
          case DeletionPlan.Hold(String text) -> {
            tell(table, Verdict.held(name, text));
            yield Optional.of(turn.rest());
          }
        };
  }

  private Optional<Duration> heard(TableState table, TableAnswer answer) {
    return switch (answer) {
      case TableAnswer.Accepted _, TableAnswer.Found _, TableAnswer.InUse _ -> {
        tell(table, Verdict.deleting(name));
        yield Optional.of(Pace.SOON);
      }
      case TableAnswer.Missing _ -> Optional.of(Pace.SOON);
      case TableAnswer.Refused(String text) -> {
        tell(table, Verdict.held(name, text));
        yield Optional.of(turn.rest());
      }
      case TableAnswer.NotNow(String text) -> {
        tell(table, Verdict.notNow(name, text, table));
        yield Optional.of(turn.failing(null));
      }
      case TableAnswer.Unreachable(String why) -> Optional.of(work.unreachable(turn, site, why));
    };
  }

  private void tell(TableState table, Verdict verdict) {
    turn.tell(work.seen(turn, site, table, true), verdict);
  }
}
