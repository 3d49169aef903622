package dev.partita.model.codec;

import dev.partita.model.error.CorruptDataException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One-byte codes of an enum's constants, from 0 in the order they are listed here and not in the
/// order of their declaration: lines may move in an enum, codes never change. New constants are
/// added at the end of the list.
public final class Codes<E extends Enum<E>> {

  private final List<E> constants;
  private final Map<E, Integer> codes;

  private Codes(Class<E> type, List<E> constants) {
    this.constants = constants;
    this.codes = new EnumMap<>(type);
    for (E constant : constants) {
      codes.put(constant, codes.size());
    }
    if (codes.size() != constants.size() || codes.size() != type.getEnumConstants().length) {
      throw new IllegalArgumentException("every " + type.getSimpleName() + " needs one code");
    }
  }

  /// @param constants every constant once
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <E extends Enum<E>> Codes<E> of(Class<E> type, E... constants) {
    return new Codes<>(type, List.of(constants));
  }

  public void write(E constant, ByteWriter out) {
    Integer code = codes.get(constant);
    if (code == null) {
      throw new IllegalStateException("no code for " + constant);
    }
    out.u8(code);
  }

  public E read(ByteReader in) {
    int code = in.u8();
    if (code >= constants.size()) {
      throw new CorruptDataException("unknown code " + code);
    }
    return constants.get(code);
  }
}
