package dev.partita.bench;

import java.util.List;
import java.util.Locale;

/// Minimum, median and maximum of repeated measurements.
record Spread(double min, double median, double max) {

  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    double middle =
        n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    return new Spread(sorted.getFirst(), middle, sorted.getLast());
  }

  /// `min / median / max` with the given number of decimals.
  String text(int decimals) {
    String f = "%." + decimals + "f";
    return String.format(Locale.ROOT, f + " / " + f + " / " + f, min, median, max);
  }
}
