package dev.partita.partition;

import static dev.partita.partition.Items.ABSENT;
import static dev.partita.partition.Items.PRESENT;
import static dev.partita.partition.Items.decoded;
import static dev.partita.partition.Items.image;
import static dev.partita.partition.Items.item;
import static dev.partita.partition.Items.n;
import static dev.partita.partition.Items.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeciderTest {

  private static final Map<String, AttributeValue> OLD = item("a", "n", n(1), "x", s("old"));
  private static final int OLD_SIZE = ItemSize.ofAttributes(OLD);

  private static WriteOutcome.Written written(Decision decision) {
    return (WriteOutcome.Written) decision.outcome();
  }

  private static @Nullable Map<String, AttributeValue> after(Decision decision) {
    Image image = ((Decision.Change) decision).image();
    return image == null ? null : image.attributes();
  }

  @Test
  void aPutReplacesTheWholeItem() {
    Map<String, AttributeValue> fresh = item("a", "y", s("new"));
    Decision decision = Decider.decide(Items.put(1, fresh), image(OLD));
    assertThat(after(decision)).isEqualTo(fresh);
    assertThat(decision.outcome())
        .isEqualTo(new WriteOutcome.Written(null, OLD_SIZE, ItemSize.ofAttributes(fresh)));
  }

  @Test
  void aPutReturnsTheOldItemWhenAskedAndThereIsOne() {
    WriteCommand put = Items.put(1, item("a"), null, ReturnValues.ALL_OLD, false);
    assertThat(decoded(written(Decider.decide(put, image(OLD))).attributes())).isEqualTo(OLD);
    assertThat(decoded(written(Decider.decide(put, null)).attributes())).isNull();
  }

  @Test
  void aFalseConditionChangesNothingAndTellsTheOldSize() {
    Decision decision =
        Decider.decide(Items.put(1, item("a"), ABSENT, ReturnValues.ALL_OLD, false), image(OLD));
    assertThat(decision)
        .isEqualTo(new Decision.Keep(new WriteOutcome.ConditionFailed(null, OLD_SIZE)));
  }

  @Test
  void aFalseConditionShowsTheOldItemOnlyWhereItWasAskedForAndExists() {
    WriteCommand put = Items.put(1, item("a"), ABSENT, ReturnValues.NONE, true);
    WriteOutcome.ConditionFailed failed =
        (WriteOutcome.ConditionFailed) Decider.decide(put, image(OLD)).outcome();
    assertThat(decoded(failed.oldItem())).isEqualTo(OLD);

    WriteCommand missing = Items.put(1, item("a"), PRESENT, ReturnValues.NONE, true);
    assertThat(Decider.decide(missing, null))
        .isEqualTo(new Decision.Keep(new WriteOutcome.ConditionFailed(null, 0)));
  }

  @Test
  void aTrueConditionLetsTheWritePass() {
    Decision decision =
        Decider.decide(Items.put(1, item("a"), ABSENT, ReturnValues.NONE, false), null);
    assertThat(after(decision)).isEqualTo(item("a"));
  }

  @Test
  void aDeleteRemovesTheItemAndShowsItWhenAsked() {
    Decision decision =
        Decider.decide(Items.delete(1, "a", null, ReturnValues.ALL_OLD), image(OLD));
    assertThat(after(decision)).isNull();
    assertThat(written(decision).oldSize()).isEqualTo(OLD_SIZE);
    assertThat(written(decision).newSize()).isZero();
    assertThat(decoded(written(decision).attributes())).isEqualTo(OLD);
  }

  @Test
  void aDeleteOfNothingLogsNothingAndSucceeds() {
    assertThat(Decider.decide(Items.delete(1, "a", null, ReturnValues.ALL_OLD), null))
        .isEqualTo(new Decision.Keep(new WriteOutcome.Written(null, 0, 0)));
  }

  @ParameterizedTest
  @EnumSource(ReturnValues.class)
  void anUpdateReturnsWhatWasAskedFor(ReturnValues returned) {
    Map<String, AttributeValue> expected =
        switch (returned) {
          case NONE -> null;
          case ALL_OLD -> OLD;
          case UPDATED_OLD -> Map.of("x", s("old"));
          case ALL_NEW -> item("a", "n", n(1), "x", s("new"));
          case UPDATED_NEW -> Map.of("x", s("new"));
        };
    Decision decision =
        Decider.decide(Items.update(1, "a", Items.set("x", s("new")), null, returned), image(OLD));
    assertThat(decoded(written(decision).attributes())).isEqualTo(expected);
    assertThat(after(decision)).isEqualTo(item("a", "n", n(1), "x", s("new")));
  }

  @ParameterizedTest
  @EnumSource(
      value = ReturnValues.class,
      names = {"ALL_OLD", "UPDATED_OLD"})
  void anUpdateThatMakesTheItemHasNothingOldToReturn(ReturnValues returned) {
    Decision decision =
        Decider.decide(Items.update(1, "a", Items.set("x", s("v")), null, returned), null);
    assertThat(written(decision).attributes()).isNull();
    assertThat(written(decision).oldSize()).isZero();
    assertThat(after(decision)).isEqualTo(item("a", "x", s("v")));
  }

  @Test
  void anUpdateThatRemovesHasNothingNewToReturn() {
    Update remove = new Update(List.of(), List.of(Path.of("x")), List.of(), List.of());
    Decision decision =
        Decider.decide(Items.update(1, "a", remove, null, ReturnValues.UPDATED_NEW), image(OLD));
    assertThat(written(decision).attributes()).isNull();
    assertThat(after(decision)).isEqualTo(item("a", "n", n(1)));
  }

  @Test
  void anUpdateWithoutExpressionMakesTheItemFromItsKey() {
    Decision decision =
        Decider.decide(Items.update(1, "a", Update.NONE, null, ReturnValues.ALL_NEW), null);
    assertThat(after(decision)).isEqualTo(item("a"));
    assertThat(decoded(written(decision).attributes())).isEqualTo(item("a"));
  }

  @Test
  void anUpdateThatOnlyTakesAwayMakesNoItem() {
    Update remove = new Update(List.of(), List.of(Path.of("x")), List.of(), List.of());
    Update delete =
        new Update(
            List.of(),
            List.of(),
            List.of(),
            List.of(new Update.DeleteAction(Path.of("x"), new AttributeValue.SS(Set.of("v")))));
    for (Update update : List.of(remove, delete)) {
      assertThat(Decider.decide(Items.update(1, "a", update, null, ReturnValues.ALL_NEW), null))
          .isEqualTo(new Decision.Keep(new WriteOutcome.Written(null, 0, 0)));
    }
  }

  @Test
  void anUpdateThatChangesNothingLogsNothingAndStillReturns() {
    Decision decision =
        Decider.decide(
            Items.update(1, "a", Items.set("x", s("old")), null, ReturnValues.UPDATED_NEW),
            image(OLD));
    assertThat(decision).isInstanceOf(Decision.Keep.class);
    assertThat(decoded(written(decision).attributes())).isEqualTo(Map.of("x", s("old")));
    assertThat(written(decision).newSize()).isEqualTo(OLD_SIZE);
  }

  @Test
  void addStartsAtZero() {
    Decision decision = Decider.decide(Items.add(1, "a", 5), null);
    assertThat(Items.counter(written(decision).attributes())).isEqualTo(5);
  }

  @Test
  void addingANumberToAStringIsInvalidAndChangesNothing() {
    Update update =
        new Update(
            List.of(), List.of(), List.of(new Update.AddAction(Path.of("x"), n(1))), List.of());
    Decision decision =
        Decider.decide(Items.update(1, "a", update, null, ReturnValues.NONE), image(OLD));
    assertThat(decision)
        .isEqualTo(
            new Decision.Keep(
                new WriteOutcome.Invalid(
                    "An operand in the update expression has an incorrect data type")));
  }

  @Test
  void aPathThatLeadsNowhereIsInvalid() {
    Update update =
        new Update(
            List.of(
                new Update.SetAction(
                    new Path(List.of(new Path.Step.Attribute("x"), new Path.Step.Attribute("y"))),
                    new Update.SetValue.Plain(new Update.SetOperand.Literal(n(1))))),
            List.of(),
            List.of(),
            List.of());
    Decision decision =
        Decider.decide(Items.update(1, "a", update, null, ReturnValues.NONE), image(OLD));
    assertThat(decision)
        .isEqualTo(
            new Decision.Keep(
                new WriteOutcome.Invalid(
                    "The document path provided in the update expression is invalid for update")));
  }

  /// The item `{"k": "a", "v": …}` has 3 bytes beside the value.
  @ParameterizedTest
  @CsvSource({"409600, true", "409601, false"})
  void anItemMayGrowTo400KbAndNoFurther(int size, boolean fits) {
    AttributeValue value = s("x".repeat(size - 3));
    Decision decision =
        Decider.decide(
            Items.update(1, "a", Items.set("v", value), null, ReturnValues.NONE), image(item("a")));
    if (fits) {
      assertThat(written(decision).newSize()).isEqualTo(size);
    } else {
      assertThat(decision)
          .isEqualTo(
              new Decision.Keep(
                  new WriteOutcome.Invalid(
                      "Item size to update has exceeded the maximum allowed size")));
    }
  }

  @ParameterizedTest
  @CsvSource({"31, true", "32, false"})
  void anUpdateMayNest31ContainersBelowTheItem(int containers, boolean fits) {
    AttributeValue value = s("leaf");
    for (int i = 0; i < containers; i++) {
      value = new AttributeValue.L(List.of(value));
    }
    Decision decision =
        Decider.decide(Items.update(1, "a", Items.set("v", value), null, ReturnValues.NONE), null);
    if (fits) {
      assertThat(decision).isInstanceOf(Decision.Change.class);
    } else {
      assertThat(decision)
          .isEqualTo(
              new Decision.Keep(
                  new WriteOutcome.Invalid(
                      "Nesting Levels have exceeded supported limits: Attributes in the item have"
                          + " nested levels beyond supported limit")));
    }
  }

  @Test
  void theConditionIsAskedBeforeTheUpdate() {
    Update invalid =
        new Update(
            List.of(), List.of(), List.of(new Update.AddAction(Path.of("x"), n(1))), List.of());
    Condition never = ABSENT;
    Decision decision =
        Decider.decide(Items.update(1, "a", invalid, never, ReturnValues.NONE), image(OLD));
    assertThat(decision.outcome()).isInstanceOf(WriteOutcome.ConditionFailed.class);
  }

  @Test
  void theSameCommandAndImageGiveTheSameDecision() {
    Decision one = Decider.decide(Items.add(1, "a", 5), image(OLD));
    Decision two = Decider.decide(Items.add(1, "a", 5), image(OLD));
    assertThat(one.outcome()).isEqualTo(two.outcome());
    assertThat(after(one)).isEqualTo(after(two)).isEqualTo(item("a", "n", n(6), "x", s("old")));
  }
}
