package dev.partita.model;

import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Operand;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Path.Step;
import dev.partita.model.expression.Update;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.RandomValues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws commands with conditions and updates of all shapes.
public final class RandomCommands {
  private final RandomGenerator random;

  public RandomCommands(RandomGenerator random) {
    this.random = random;
  }

  public WriteCommand command() {
    long table = random.nextLong(1L << 32);
    ReturnValues returned = RandomValues.oneOf(random, ReturnValues.values());
    @Nullable Condition condition = random.nextBoolean() ? condition(4) : null;
    boolean old = random.nextBoolean();
    return switch (random.nextInt(3)) {
      case 0 -> {
        Bytes item = ItemCodec.encode(RandomValues.item(random, 2));
        yield new WriteCommand.Put(
            table, key(), item, random.nextInt(409_601), condition, returned, old);
      }
      case 1 -> new WriteCommand.UpdateItem(table, key(), update(), condition, returned, old);
      default -> new WriteCommand.Delete(table, key(), condition, returned, old);
    };
  }

  public PrimaryKey key() {
    return random.nextBoolean()
        ? new PrimaryKey(text(), RandomValues.key(random), null, null)
        : new PrimaryKey(text(), RandomValues.key(random), text(), RandomValues.key(random));
  }

  private Condition condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 11 : 8)) {
      case 0 ->
          new Condition.Compare(
              operand(), RandomValues.oneOf(random, Condition.Comparator.values()), operand());
      case 1 -> new Condition.Between(operand(), operand(), operand());
      case 2 -> new Condition.In(operand(), list(this::operand));
      case 3 -> new Condition.AttributeExists(path());
      case 4 -> new Condition.AttributeNotExists(path());
      case 5 -> new Condition.AttributeType(operand(), text());
      case 6 -> new Condition.BeginsWith(operand(), operand());
      case 7 -> new Condition.Contains(operand(), operand());
      case 8 -> new Condition.And(list(() -> condition(depth - 1)));
      case 9 -> new Condition.Or(list(() -> condition(depth - 1)));
      default -> new Condition.Not(condition(depth - 1));
    };
  }

  private Operand operand() {
    return switch (random.nextInt(3)) {
      case 0 -> new Operand.At(path());
      case 1 -> new Operand.Literal(value());
      default -> new Operand.Size(operand());
    };
  }

  private Update update() {
    return new Update(
        list(() -> new Update.SetAction(path(), setValue())),
        list(this::path),
        list(() -> new Update.AddAction(path(), value())),
        list(() -> new Update.DeleteAction(path(), value())),
        random.nextBoolean() ? Update.Origin.UPDATE_EXPRESSION : Update.Origin.ATTRIBUTE_UPDATES);
  }

  private Update.SetValue setValue() {
    return switch (random.nextInt(3)) {
      case 0 -> new Update.SetValue.Plain(setOperand());
      case 1 -> new Update.SetValue.Plus(setOperand(), setOperand());
      default -> new Update.SetValue.Minus(setOperand(), setOperand());
    };
  }

  private Update.SetOperand setOperand() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> new Update.SetOperand.At(path());
      case 2 -> new Update.SetOperand.Literal(value());
      case 3 -> new Update.SetOperand.IfNotExists(path(), setOperand());
      default ->
          random.nextBoolean()
              ? new Update.SetOperand.ListAppend(setOperand(), setOperand())
              : new Update.SetOperand.Literal(value());
    };
  }

  private Path path() {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Attribute(text()));
    while (random.nextInt(3) > 0) {
      steps.add(
          random.nextBoolean()
              ? new Step.Attribute(text())
              : new Step.Index(random.nextInt(Integer.MAX_VALUE)));
    }
    return new Path(steps);
  }

  private AttributeValue value() {
    return RandomValues.value(random, 2);
  }

  private String text() {
    return RandomValues.text(random, 8);
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    while (random.nextInt(2) > 0) {
      list.add(element.get());
    }
    return list;
  }
}
