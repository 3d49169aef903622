package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.dynamo.TableChange;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.table.TablePlan.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablePlanTest {

  @Test
  void aTableThatIsNotThereIsMade() {
    assertThat(TablePlan.of(new Facts().get())).isEqualTo(new TablePlan.Create(false));
  }

  @Test
  void aTableThatSomebodyDeletedIsMadeAnew() {
    Facts facts = new Facts();
    facts.ownedId = Tables.ID;
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.Create(true));
  }

  @Test
  void aTableThatTheApiRefusedIsNotAskedForAgain() {
    Facts facts = new Facts();
    facts.refused = "Too many";
    assertThat(TablePlan.of(facts.get()))
        .isEqualTo(new TablePlan.Refuse(Refusal.REFUSED, "Too many"));
  }

  @Test
  void aTableThatWasThereIsNotTouched() {
    Facts facts = new Facts();
    facts.table = Tables.state().provisioned(1, 1).get();
    assertThat(TablePlan.of(facts.get()))
        .isEqualTo(
            new TablePlan.Refuse(
                Refusal.TABLE_EXISTS,
                "table orders already exists and was not made by this resource; set"
                    + " managementPolicy: ObserveOnly to watch it, or annotate partita.dev/adopt:"
                    + " \"true\" to take it over"));
  }

  @Test
  void aTableOfTheNameThatIsNotTheOneWeMadeIsNotTouched() {
    Facts facts = new Facts();
    facts.ownedId = "another";
    facts.table = Tables.state().get();
    assertThat(TablePlan.of(facts.get()))
        .isInstanceOfSatisfying(
            TablePlan.Refuse.class, r -> assertThat(r.why()).isEqualTo(Refusal.TABLE_EXISTS));
  }

  @Test
  void theAnnotationTakesOverATableThatWasThere() {
    Facts facts = new Facts();
    facts.adopt = true;
    facts.table = Tables.state().get();
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.Adopt(Tables.ID, false));
    assertThat(TablePlan.of(facts.get().owning(Tables.ID))).isEqualTo(new TablePlan.InSync());
  }

  @Test
  void aTableWhoseCreationWasNotAnsweredIsOurs() {
    Facts facts = new Facts();
    facts.asked = true;
    facts.table = Tables.state().status(TableState.CREATING).get();
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.Adopt(Tables.ID, true));
    assertThat(TablePlan.of(facts.get().owning(Tables.ID)))
        .isEqualTo(new TablePlan.Settle(TableState.CREATING));
  }

  @Test
  void aTableWithAnotherKeyIsNotTheOneThatWasAskedFor() {
    Facts facts = new Facts();
    facts.asked = true;
    facts.wish.rangeKey("other");
    facts.table = Tables.state().get();
    assertThat(TablePlan.of(facts.get()))
        .isInstanceOfSatisfying(
            TablePlan.Refuse.class, r -> assertThat(r.why()).isEqualTo(Refusal.TABLE_EXISTS));
  }

  @Test
  void aTableThatIsBeingDeletedIsWaitedForWhoseverItIs() {
    Facts facts = new Facts();
    facts.table = Tables.state().status(TableState.DELETING).get();
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.Settle(TableState.DELETING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATING", "UPDATING", "ARCHIVED", "A_WORD_OF_NEXT_YEAR"})
  void nothingIsAskedOfATableThatIsNotActive(String status) {
    Facts facts = Facts.own();
    facts.wish.protection(true);
    facts.table = Tables.state().status(status).get();
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.Settle(status));
  }

  @Test
  void anEditedManifestChangesTheTable() {
    Facts facts = Facts.own();
    facts.wish.protection(true);
    assertThat(TablePlan.of(facts.get()))
        .isInstanceOfSatisfying(
            TablePlan.Update.class,
            update -> {
              assertThat(update.change()).isEqualTo(new TableChange.DeletionProtection(true));
              assertThat(update.drift()).isFalse();
            });
  }

  @Test
  void aDifferenceAfterTheManifestWasCarriedOutIsDrift() {
    Facts facts = Facts.own();
    facts.wish.protection(true);
    facts.inSync = true;
    assertThat(TablePlan.of(facts.get()))
        .isInstanceOfSatisfying(
            TablePlan.Update.class, update -> assertThat(update.drift()).isTrue());
  }

  @Test
  void tagsThatTheManifestDoesNotNameAreLeftAsTheyAre() {
    Facts facts = Facts.own();
    facts.table = Tables.state().tags(Map.of("a", "1")).get();
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.InSync());
  }

  @Test
  void anEmptyListOfTagsTakesAllAway() {
    Facts facts = Facts.own();
    facts.wish.tags(Map.of());
    facts.table = Tables.state().tags(Map.of("a", "1")).get();
    assertThat(TablePlan.of(facts.get()))
        .isEqualTo(
            new TablePlan.Update(
                new TableChange.RemoveTags(Tables.ARN, List.of("a")),
                List.of(new Difference("tags[a]", "\"1\"", "none")),
                false));
  }

  @Test
  void tagsAfterTheManifestWasCarriedOutAreDrift() {
    Facts facts = Facts.own();
    facts.inSync = true;
    facts.wish.tags(Map.of("a", "1"));
    facts.table = Tables.state().tags(Map.of("a", "2")).get();
    assertThat(TablePlan.of(facts.get()))
        .isEqualTo(
            new TablePlan.Update(
                new TableChange.SetTags(Tables.ARN, Map.of("a", "1")),
                List.of(new Difference("tags[a]", "\"2\"", "\"1\"")),
                true));
  }

  @Test
  void tagsThatTheApiRefusedAreNotAskedForAgain() {
    Facts facts = Facts.own();
    facts.wish.tags(Map.of("a", "*"));
    facts.table = Tables.state().tags(Map.of()).get();
    facts.refused = "The Tag Value provided is invalid";
    assertThat(TablePlan.of(facts.get()))
        .isEqualTo(new TablePlan.Refuse(Refusal.REFUSED, "The Tag Value provided is invalid"));
  }

  @Test
  void aChangeThatTheApiRefusedIsNotAskedForAgain() {
    Facts facts = Facts.own();
    facts.wish.protection(true);
    facts.refused = "no";
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.Refuse(Refusal.REFUSED, "no"));
  }

  @Test
  void aRefusalIsForgottenWhenNothingIsLeftToChange() {
    Facts facts = Facts.own();
    facts.refused = "no";
    assertThat(TablePlan.of(facts.get())).isEqualTo(new TablePlan.InSync());
  }

  @Test
  void theKeyOfATableCannotChange() {
    Facts facts = Facts.own();
    facts.wish.rangeKey("other");
    assertThat(TablePlan.of(facts.get()))
        .isEqualTo(
            new TablePlan.Refuse(
                Refusal.IMMUTABLE,
                "the key of a table cannot change: keySchema is pk (HASH), sk (RANGE), the manifest"
                    + " says pk (HASH), other (RANGE); attributeDefinitions is {pk=S, sk=N}, the"
                    + " manifest says {other=N, pk=S}"));
  }

  @Test
  void theOlderOfTwoResourcesHasTheTable() {
    Facts facts = Facts.own();
    facts.rival = "orders-old";
    assertThat(TablePlan.of(facts.get()))
        .isInstanceOfSatisfying(
            TablePlan.Refuse.class,
            refuse -> {
              assertThat(refuse.why()).isEqualTo(Refusal.NAME_TAKEN);
              assertThat(refuse.text()).contains("DynamoTable orders-old");
            });
  }

  @Test
  void watchingNeverWrites() {
    Facts facts = new Facts();
    facts.observeOnly = true;
    facts.adopt = true;
    assertThat(TablePlan.of(facts.get())).isInstanceOf(TablePlan.Watch.class);
    facts.table = Tables.state().provisioned(1, 1).get();
    facts.wish.rangeKey("other");
    assertThat(TablePlan.of(facts.get()))
        .isInstanceOfSatisfying(
            TablePlan.Watch.class,
            watch ->
                assertThat(watch.differences())
                    .extracting(Difference::field)
                    .containsExactly("keySchema", "attributeDefinitions", "billingMode"));
  }

  /// A resource without status, and no table.
  static final class Facts {
    final Tables.Wish wish = Tables.wish();
    boolean observeOnly;
    boolean adopt;
    @Nullable String ownedId;
    boolean asked;
    boolean inSync;
    @Nullable String refused;
    @Nullable String rival;
    @Nullable TableState table;

    static Facts own() {
      Facts facts = new Facts();
      facts.ownedId = Tables.ID;
      facts.table = Tables.state().get();
      return facts;
    }

    TableFacts get() {
      return new TableFacts(
          wish.get(), observeOnly, adopt, ownedId, asked, inSync, refused, rival, table);
    }
  }
}
