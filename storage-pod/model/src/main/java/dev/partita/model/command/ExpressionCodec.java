package dev.partita.model.command;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.codec.Codes;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Condition.And;
import dev.partita.model.expression.Condition.AttributeExists;
import dev.partita.model.expression.Condition.AttributeNotExists;
import dev.partita.model.expression.Condition.AttributeType;
import dev.partita.model.expression.Condition.BeginsWith;
import dev.partita.model.expression.Condition.Between;
import dev.partita.model.expression.Condition.Comparator;
import dev.partita.model.expression.Condition.Compare;
import dev.partita.model.expression.Condition.Contains;
import dev.partita.model.expression.Condition.In;
import dev.partita.model.expression.Condition.Not;
import dev.partita.model.expression.Condition.Or;
import dev.partita.model.expression.Operand;
import dev.partita.model.expression.Path;
import dev.partita.model.expression.Path.Step;
import dev.partita.model.item.ItemCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Conditions, operands and paths, as part of a command.
///
/// ```
/// condition = 01 list(condition)                 AND
///           | 02 list(condition)                 OR
///           | 03 condition                       NOT
///           | 04 comparator operand operand      comparator: 00 =, 01 <>, 02 <, 03 <=, 04 >, 05 >=
///           | 05 operand operand operand         BETWEEN
///           | 06 operand list(operand)           IN
///           | 07 path                            attribute_exists
///           | 08 path                            attribute_not_exists
///           | 09 operand string                  attribute_type
///           | 0A operand operand                 begins_with
///           | 0B operand operand                 contains
/// operand   = 01 path | 02 value | 03 operand    03: size
/// path      = list(01 string | 02 varint)        name, index
/// list(x)   = varint count, x*
/// string    = varint length, UTF-8
/// ```
final class ExpressionCodec {

  /// How deep conditions and operands may lie in each other. An expression of 4,096 characters does
  /// not come near it; bytes that say so are garbage.
  static final int MAX_DEPTH = 1_024;

  private static final Codes<Comparator> COMPARATORS =
      Codes.of(
          Comparator.class,
          Comparator.EQ,
          Comparator.NE,
          Comparator.LT,
          Comparator.LE,
          Comparator.GT,
          Comparator.GE);

  private ExpressionCodec() {}

  static void write(Condition condition, ByteWriter out) {
    switch (condition) {
      case And and -> {
        out.u8(1);
        writeList(and.terms(), out, ExpressionCodec::write);
      }
      case Or or -> {
        out.u8(2);
        writeList(or.terms(), out, ExpressionCodec::write);
      }
      case Not not -> {
        out.u8(3);
        write(not.term(), out);
      }
      case Compare compare -> {
        out.u8(4);
        COMPARATORS.write(compare.comparator(), out);
        write(compare.left(), out);
        write(compare.right(), out);
      }
      case Between between -> {
        out.u8(5);
        write(between.operand(), out);
        write(between.lower(), out);
        write(between.upper(), out);
      }
      case In in -> {
        out.u8(6);
        write(in.operand(), out);
        writeList(in.candidates(), out, ExpressionCodec::write);
      }
      case AttributeExists exists -> {
        out.u8(7);
        write(exists.path(), out);
      }
      case AttributeNotExists exists -> {
        out.u8(8);
        write(exists.path(), out);
      }
      case AttributeType type -> {
        out.u8(9);
        write(type.operand(), out);
        out.string(type.typeCode());
      }
      case BeginsWith begins -> {
        out.u8(10);
        write(begins.operand(), out);
        write(begins.prefix(), out);
      }
      case Contains contains -> {
        out.u8(11);
        write(contains.container(), out);
        write(contains.member(), out);
      }
    }
  }

  static Condition readCondition(ByteReader in) {
    return readCondition(in, MAX_DEPTH);
  }

  private static Condition readCondition(ByteReader in, int depth) {
    int inner = shallower(depth);
    int tag = in.u8();
    return switch (tag) {
      case 1 -> new And(readList(in, i -> readCondition(i, inner)));
      case 2 -> new Or(readList(in, i -> readCondition(i, inner)));
      case 3 -> new Not(readCondition(in, inner));
      case 4 -> {
        Comparator comparator = COMPARATORS.read(in);
        yield new Compare(readOperand(in, inner), comparator, readOperand(in, inner));
      }
      case 5 -> new Between(readOperand(in, inner), readOperand(in, inner), readOperand(in, inner));
      case 6 -> new In(readOperand(in, inner), readList(in, i -> readOperand(i, inner)));
      case 7 -> new AttributeExists(readPath(in));
      case 8 -> new AttributeNotExists(readPath(in));
      case 9 -> new AttributeType(readOperand(in, inner), in.string());
      case 10 -> new BeginsWith(readOperand(in, inner), readOperand(in, inner));
      case 11 -> new Contains(readOperand(in, inner), readOperand(in, inner));
      default -> throw new CorruptDataException("unknown condition " + tag);
    };
  }

  private static void write(Operand operand, ByteWriter out) {
    switch (operand) {
      case Operand.At at -> {
        out.u8(1);
        write(at.path(), out);
      }
      case Operand.Literal literal -> {
        out.u8(2);
        ItemCodec.writeValue(literal.value(), out);
      }
      case Operand.Size size -> {
        out.u8(3);
        write(size.of(), out);
      }
    }
  }

  private static Operand readOperand(ByteReader in, int depth) {
    int inner = shallower(depth);
    int tag = in.u8();
    return switch (tag) {
      case 1 -> new Operand.At(readPath(in));
      case 2 -> new Operand.Literal(ItemCodec.readValue(in));
      case 3 -> new Operand.Size(readOperand(in, inner));
      default -> throw new CorruptDataException("unknown operand " + tag);
    };
  }

  static void write(Path path, ByteWriter out) {
    out.varint(path.steps().size());
    for (Step step : path.steps()) {
      switch (step) {
        case Step.Attribute attribute -> {
          out.u8(1);
          out.string(attribute.name());
        }
        case Step.Index index -> {
          out.u8(2);
          out.varint(index.index());
        }
      }
    }
  }

  static Path readPath(ByteReader in) {
    List<Step> steps = readList(in, ExpressionCodec::readStep);
    if (steps.isEmpty() || !(steps.getFirst() instanceof Step.Attribute)) {
      throw new CorruptDataException("a path that starts with no attribute");
    }
    return new Path(steps);
  }

  private static Step readStep(ByteReader in) {
    int tag = in.u8();
    return switch (tag) {
      case 1 -> new Step.Attribute(in.string());
      case 2 -> new Step.Index(in.varint());
      default -> throw new CorruptDataException("unknown step " + tag);
    };
  }

  static <T> void writeList(List<T> list, ByteWriter out, BiConsumer<T, ByteWriter> element) {
    out.varint(list.size());
    for (T each : list) {
      element.accept(each, out);
    }
  }

  static <T> List<T> readList(ByteReader in, Function<ByteReader, T> element) {
    int count = in.count();
    // Grows as elements are really read: the count alone is not believed.
    List<T> list = new ArrayList<>(Math.min(count, 16));
    for (int i = 0; i < count; i++) {
      list.add(element.apply(in));
    }
    return list;
  }

  static int shallower(int depth) {
    if (depth == 0) {
      throw new CorruptDataException("expression too deep");
    }
    return depth - 1;
  }
}
