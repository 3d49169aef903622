package dev.partita.model.item;

import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Condition.Comparator;
import dev.partita.model.expression.Operand;
import dev.partita.model.expression.Path;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The attribute that says when items of a table expire: a number at the top level, in seconds
/// since 1970. Anything else in its place, and numbers that are no time, mean that an item does not
/// expire.
public final class TtlAttribute {

  /// In place of a time: the item does not expire.
  public static final long NEVER = 0;

  /// The latest time that is one, in seconds: what is beyond is milliseconds by mistake, and no
  /// clock will ever show it.
  public static final long LATEST_SECONDS = 1_000_000_000_000L;

  private final String name;
  private final byte[] utf8;

  public TtlAttribute(String name) {
    this.name = name;
    this.utf8 = name.getBytes(StandardCharsets.UTF_8);
  }

  public String name() {
    return name;
  }

  /// When an item expires, in whole seconds since 1970, or `NEVER`.
  ///
  /// @param body encoded attribute map
  public long of(Bytes body) {
    return of(body.unsafeArray(), 0, body.length());
  }

  /// As {@link #of(Bytes)}, of the slice in which the attribute map lies.
  public long of(byte[] octets, int offset, int length) {
    Finder finder = new Finder();
    ItemCodec.walk(octets, offset, length, finder);
    return finder.found;
  }

  /// Whether an item still expires within that second.
  public Condition expiresAt(long seconds) {
    return new Condition.And(
        List.of(compared(Comparator.GE, seconds), compared(Comparator.LT, seconds + 1)));
  }

  private Condition compared(Comparator comparator, long seconds) {
    return new Condition.Compare(
        new Operand.At(Path.of(name)),
        comparator,
        new Operand.Literal(new AttributeValue.N(DynamoNumber.of(seconds))));
  }

  private static long seconds(DynamoNumber number) {
    BigDecimal value = number.value();
    return value.signum() <= 0 || value.compareTo(BigDecimal.valueOf(LATEST_SECONDS)) > 0
        ? NEVER
        : value.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TtlAttribute other && name.equals(other.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  /// Looks at the attributes of the top level only.
  private final class Finder implements ItemVisitor {
    private long found = NEVER;
    private int depth;
    private boolean here;

    @Override
    public void name(byte[] octets, int offset, int length) {
      here = depth == 0 && Arrays.equals(octets, offset, offset + length, utf8, 0, utf8.length);
    }

    @Override
    public void number(byte[] octets, int offset, int length) {
      if (here && depth == 0) {
        found = seconds(DynamoNumber.ofCode(octets, offset, length));
      }
    }

    @Override
    public void string(byte[] octets, int offset, int length) {}

    @Override
    public void binary(byte[] octets, int offset, int length) {}

    @Override
    public void bool(boolean value) {}

    @Override
    public void nothing() {}

    @Override
    public void startList() {
      depth++;
    }

    @Override
    public void endList() {
      depth--;
    }

    @Override
    public void startMap() {
      depth++;
    }

    @Override
    public void endMap() {
      depth--;
    }

    @Override
    public void startSet(SetKind kind) {
      depth++;
    }

    @Override
    public void endSet() {
      depth--;
    }
  }
}
