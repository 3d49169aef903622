package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.dynamo.TableChange;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.dynamo.Units;
import dev.partita.operator.dynamo.UnitsWish;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

  @Test
  void theModeAndItsUnitsGoInOneCall() {
    assertThat(Changes.next(Tables.wish().provisioned(5, 6).get(), Tables.state().get()))
        .isEqualTo(
            new TableChange.Billing(TableState.PROVISIONED, new Units(5, 6), UnitsWish.NONE));
  }

  @Test
  void unitsAloneDoNotRepeatTheMode() {
    assertThat(
            Changes.next(
                Tables.wish().provisioned(5, 6).get(), Tables.state().provisioned(5, 5).get()))
        .isEqualTo(new TableChange.Billing(null, new Units(5, 6), UnitsWish.NONE));
  }

  @Test
  void unitsAreNotSentWithOnDemand() {
    assertThat(
            Changes.next(
                Tables.wish().provisioned(5, 6).mode(TableState.PAY_PER_REQUEST).get(),
                Tables.state().provisioned(5, 6).get()))
        .isEqualTo(
            new TableChange.Billing(TableState.PAY_PER_REQUEST, null, new UnitsWish(null, null)));
  }

  @Test
  void onlyTheBoundThatDiffersIsSent() {
    assertThat(
            Changes.next(
                Tables.wish().onDemand(10L, 20L).get(), Tables.state().onDemand(10, 30).get()))
        .isEqualTo(new TableChange.Billing(null, null, new UnitsWish(null, 20L)));
  }

  @Test
  void protectionIsSwitchedOnBeforeEverythingElse() {
    assertThat(
            Changes.next(
                Tables.wish().provisioned(5, 6).protection(true).get(), Tables.state().get()))
        .isEqualTo(new TableChange.DeletionProtection(true));
  }

  @Test
  void protectionIsSwitchedOffAfterEverythingElse() {
    Tables.Wish wish = Tables.wish().tableClass("STANDARD_INFREQUENT_ACCESS").protection(false);
    assertThat(Changes.next(wish.get(), Tables.state().protection(true).get()))
        .isEqualTo(new TableChange.TableClass("STANDARD_INFREQUENT_ACCESS"));
    assertThat(
            Changes.next(
                wish.get(),
                Tables.state().tableClass("STANDARD_INFREQUENT_ACCESS").protection(true).get()))
        .isEqualTo(new TableChange.DeletionProtection(false));
  }

  @Test
  void tagsThatGoAreRemovedBeforeOthersCome() {
    Tables.Wish wish = Tables.wish().tags(Map.of("team", "b", "cost", "1", "same", ""));
    assertThat(
            Changes.next(
                wish.get(),
                Tables.state()
                    .tags(Map.of("team", "a", "same", "", "old", "x", "late", "y"))
                    .get()))
        .isEqualTo(new TableChange.RemoveTags(Tables.ARN, List.of("late", "old")));
    assertThat(Changes.next(wish.get(), Tables.state().tags(Map.of("team", "a", "same", "")).get()))
        .isEqualTo(new TableChange.SetTags(Tables.ARN, Map.of("team", "b", "cost", "1")));
  }

  @Test
  void tagsOfTheServiceAreNeverRemoved() {
    assertThat(
            Changes.next(
                Tables.wish().tags(Map.of()).get(),
                Tables.state().tags(Map.of("aws:stack", "s", "mine", "m")).get()))
        .isEqualTo(new TableChange.RemoveTags(Tables.ARN, List.of("mine")));
  }

  @Test
  void tagsGoBeforeProtectionIsSwitchedOffAndAfterItIsSwitchedOn() {
    Tables.Wish wish = Tables.wish().tags(Map.of("a", "1"));
    assertThat(
            Changes.next(
                wish.protection(false).get(), Tables.state().protection(true).tags(Map.of()).get()))
        .isInstanceOf(TableChange.SetTags.class);
    assertThat(Changes.next(wish.protection(true).get(), Tables.state().tags(Map.of()).get()))
        .isInstanceOf(TableChange.DeletionProtection.class);
  }

  @Test
  void warmUnitsAreRaisedOneByOne() {
    assertThat(Changes.next(Tables.wish().warm(13_000L, 4_000L).get(), Tables.state().get()))
        .isEqualTo(new TableChange.Warm(new UnitsWish(13_000L, null)));
  }
}
