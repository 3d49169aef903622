package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.dynamo.TableChange;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.table.TablePlanTest.Facts;
import org.junit.jupiter.api.Test;

class DeletionPlanTest {

  @Test
  void ourTableIsDeleted() {
    assertThat(DeletionPlan.of(Facts.own().get())).isEqualTo(new DeletionPlan.Delete());
  }

  @Test
  void aTableWhoseCreationWasNotAnsweredIsDeletedToo() {
    Facts facts = Facts.own();
    facts.ownedId = null;
    facts.asked = true;
    assertThat(DeletionPlan.of(facts.get())).isEqualTo(new DeletionPlan.Delete());
  }

  @Test
  void aTableThatIsNotOursStays() {
    Facts facts = Facts.own();
    facts.ownedId = null;
    assertThat(DeletionPlan.of(facts.get())).isEqualTo(new DeletionPlan.LetGo());
    facts.adopt = true;
    assertThat(DeletionPlan.of(facts.get()))
        .describedAs("the annotation came too late")
        .isEqualTo(new DeletionPlan.LetGo());
  }

  @Test
  void aTableThatOnlyIsWatchedStays() {
    Facts facts = Facts.own();
    facts.observeOnly = true;
    assertThat(DeletionPlan.of(facts.get())).isEqualTo(new DeletionPlan.LetGo());
  }

  @Test
  void theTableOfAnotherResourceStays() {
    Facts facts = Facts.own();
    facts.rival = "orders-old";
    assertThat(DeletionPlan.of(facts.get())).isEqualTo(new DeletionPlan.LetGo());
  }

  @Test
  void nothingIsLeftToDoWithoutATable() {
    Facts facts = Facts.own();
    facts.table = null;
    assertThat(DeletionPlan.of(facts.get())).isEqualTo(new DeletionPlan.LetGo());
  }

  @Test
  void protectionInTheManifestHoldsTheResource() {
    Facts facts = Facts.own();
    facts.wish.protection(true);
    assertThat(DeletionPlan.of(facts.get())).isInstanceOf(DeletionPlan.Hold.class);
  }

  @Test
  void protectionOfTheTableHoldsTheResource() {
    Facts facts = Facts.own();
    facts.table = Tables.state().protection(true).get();
    assertThat(DeletionPlan.of(facts.get())).isInstanceOf(DeletionPlan.Hold.class);
  }

  @Test
  void aManifestThatSaysNoProtectionTakesItAwayFirst() {
    Facts facts = Facts.own();
    facts.wish.protection(false);
    facts.table = Tables.state().protection(true).get();
    assertThat(DeletionPlan.of(facts.get()))
        .isEqualTo(new DeletionPlan.Unprotect(new TableChange.DeletionProtection(false)));
  }

  @Test
  void aTableThatIsBeingChangedIsWaitedFor() {
    Facts facts = Facts.own();
    facts.table = Tables.state().status(TableState.UPDATING).get();
    assertThat(DeletionPlan.of(facts.get()))
        .isEqualTo(new DeletionPlan.Settle(TableState.UPDATING));
  }
}
