package dev.partita.partition;

import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.expression.Update;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.ItemSize;
import java.util.concurrent.CompletableFuture;

/// A write command with the future of its reply, from the moment it is taken in until it is
/// answered.
///
/// @param weight what it is taken to hold of memory, in bytes
record Request(
    Bytes rowKey, WriteCommand command, int weight, CompletableFuture<Reply<WriteOutcome>> reply) {

  static Request of(Bytes rowKey, WriteCommand command) {
    int weight = PartitionLimits.COMMAND_OVERHEAD_BYTES + rowKey.length() + weight(command);
    return new Request(rowKey, command, weight, new CompletableFuture<>());
  }

  private static int weight(WriteCommand command) {
    return switch (command) {
      case WriteCommand.Put put -> put.item().length();
      case WriteCommand.UpdateItem update -> weight(update.update());
      case WriteCommand.Delete _ -> 0;
    };
  }

  private static int weight(Update update) {
    int weight = 0;
    for (Update.SetAction set : update.sets()) {
      weight +=
          switch (set.value()) {
            case Update.SetValue.Plain(var operand) -> weight(operand);
            case Update.SetValue.Plus(var left, var right) -> weight(left) + weight(right);
            case Update.SetValue.Minus(var left, var right) -> weight(left) + weight(right);
          };
    }
    for (Update.AddAction add : update.adds()) {
      weight += ItemSize.of(add.value());
    }
    for (Update.DeleteAction delete : update.deletes()) {
      weight += ItemSize.of(delete.value());
    }
    return weight;
  }

  private static int weight(Update.SetOperand operand) {
    return switch (operand) {
      case Update.SetOperand.At _ -> 0;
      case Update.SetOperand.Literal(var value) -> ItemSize.of(value);
      case Update.SetOperand.IfNotExists(_, var otherwise) -> weight(otherwise);
      case Update.SetOperand.ListAppend(var first, var second) -> weight(first) + weight(second);
    };
  }
}
