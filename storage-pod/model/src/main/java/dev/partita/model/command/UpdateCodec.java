package dev.partita.model.command;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Update;
import dev.partita.model.expression.Update.AddAction;
import dev.partita.model.expression.Update.DeleteAction;
import dev.partita.model.expression.Update.SetAction;
import dev.partita.model.expression.Update.SetOperand;
import dev.partita.model.expression.Update.SetValue;
import dev.partita.model.item.ItemCodec;
import java.util.List;

/// Updates, as part of a command; the pieces not drawn here are those of {@link ExpressionCodec}.
///
/// ```
/// update     = list(path setValue)  list(path)  list(path value)  list(path value)
///              SET                  REMOVE      ADD               DELETE
/// setValue   = 01 setOperand | 02 setOperand setOperand | 03 setOperand setOperand      plain, +, -
/// setOperand = 01 path | 02 value | 03 path setOperand | 04 setOperand setOperand
///              03: if_not_exists, 04: list_append
/// ```
final class UpdateCodec {

  private UpdateCodec() {}

  static void write(Update update, ByteWriter out) {
    ExpressionCodec.writeList(
        update.sets(),
        out,
        (action, o) -> {
          ExpressionCodec.write(action.path(), o);
          write(action.value(), o);
        });
    ExpressionCodec.writeList(update.removes(), out, ExpressionCodec::write);
    ExpressionCodec.writeList(
        update.adds(),
        out,
        (action, o) -> {
          ExpressionCodec.write(action.path(), o);
          ItemCodec.writeValue(action.value(), o);
        });
    ExpressionCodec.writeList(
        update.deletes(),
        out,
        (action, o) -> {
          ExpressionCodec.write(action.path(), o);
          ItemCodec.writeValue(action.value(), o);
        });
  }

  /// @param origin as the command's kind says
  static Update read(ByteReader in, Update.Origin origin) {
    List<SetAction> sets =
        ExpressionCodec.readList(
            in, i -> new SetAction(ExpressionCodec.readPath(i), readSetValue(i)));
    List<Path> removes = ExpressionCodec.readList(in, ExpressionCodec::readPath);
    List<AddAction> adds =
        ExpressionCodec.readList(
            in, i -> new AddAction(ExpressionCodec.readPath(i), ItemCodec.readValue(i)));
    List<DeleteAction> deletes =
        ExpressionCodec.readList(
            in, i -> new DeleteAction(ExpressionCodec.readPath(i), ItemCodec.readValue(i)));
    return new Update(sets, removes, adds, deletes, origin);
  }

  private static void write(SetValue value, ByteWriter out) {
    switch (value) {
      case SetValue.Plain plain -> {
        out.u8(1);
        write(plain.operand(), out);
      }
      case SetValue.Plus plus -> {
        out.u8(2);
        write(plus.left(), out);
        write(plus.right(), out);
      }
      case SetValue.Minus minus -> {
        out.u8(3);
        write(minus.left(), out);
        write(minus.right(), out);
      }
    }
  }

  private static SetValue readSetValue(ByteReader in) {
    int tag = in.u8();
    int depth = ExpressionCodec.MAX_DEPTH;
    return switch (tag) {
      case 1 -> new SetValue.Plain(readOperand(in, depth));
      case 2 -> new SetValue.Plus(readOperand(in, depth), readOperand(in, depth));
      case 3 -> new SetValue.Minus(readOperand(in, depth), readOperand(in, depth));
      default -> throw new CorruptDataException("unknown kind of SET " + tag);
    };
  }

  private static void write(SetOperand operand, ByteWriter out) {
    switch (operand) {
      case SetOperand.At at -> {
        out.u8(1);
        ExpressionCodec.write(at.path(), out);
      }
      case SetOperand.Literal literal -> {
        out.u8(2);
        ItemCodec.writeValue(literal.value(), out);
      }
      case SetOperand.IfNotExists ifNotExists -> {
        out.u8(3);
        ExpressionCodec.write(ifNotExists.path(), out);
        write(ifNotExists.otherwise(), out);
      }
      case SetOperand.ListAppend append -> {
        out.u8(4);
        write(append.first(), out);
        write(append.second(), out);
      }
    }
  }

  private static SetOperand readOperand(ByteReader in, int depth) {
    int inner = ExpressionCodec.shallower(depth);
    int tag = in.u8();
    return switch (tag) {
      case 1 -> new SetOperand.At(ExpressionCodec.readPath(in));
      case 2 -> new SetOperand.Literal(ItemCodec.readValue(in));
      case 3 -> new SetOperand.IfNotExists(ExpressionCodec.readPath(in), readOperand(in, inner));
      case 4 -> new SetOperand.ListAppend(readOperand(in, inner), readOperand(in, inner));
      default -> throw new CorruptDataException("unknown operand of SET " + tag);
    };
  }
}
