package dev.partita.operator.cluster.objects;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes quantities as the API server does: no fraction, the largest suffix that allows that. See
/// the comment of `Quantity` in `k8s.io/apimachinery/pkg/api/resource`.
public final class Quantities {

  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final int NANO_DIGITS = 9;

  private Quantities() {}

  /// The same amount, in the form in which the server keeps it.
  public static Quantity canonical(Quantity quantity) {
    BigDecimal amount = quantity.getNumericalAmount();
    String format = quantity.getFormat() == null ? "" : quantity.getFormat();
    boolean binary = format.endsWith("i");
    if (binary && amount.remainder(BigDecimal.ONE).signum() == 0) {
      return of(amount, BigDecimal.valueOf(1024), BINARY);
    }
    BigDecimal nanos = amount.setScale(NANO_DIGITS, RoundingMode.UP).movePointRight(NANO_DIGITS);
    return of(nanos, BigDecimal.valueOf(1000), DECIMAL);
  }

  /// All of a map, ordered by key.
  public static Map<String, Quantity> canonical(Map<String, Quantity> quantities) {
    Map<String, Quantity> ordered = new TreeMap<>();
    quantities.forEach((name, quantity) -> ordered.put(name, canonical(quantity)));
    return ordered;
  }

  private static Quantity of(BigDecimal amount, BigDecimal step, List<String> suffixes) {
    if (amount.signum() == 0) {
      return new Quantity("0");
    }
    BigDecimal rest = amount;
    int suffix = 0;
    while (suffix + 1 < suffixes.size() && rest.remainder(step).signum() == 0) {
      rest = rest.divide(step);
      suffix++;
    }
    return new Quantity(rest.toBigInteger().toString(), suffixes.get(suffix));
  }
}
