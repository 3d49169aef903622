package dev.partita.model.key;

/// Which rows of a partition key are meant.
public sealed interface RowSource {

  /// The items themselves, in the order of their sort keys.
  record Items() implements RowSource {
    public static final Items INSTANCE = new Items();
  }

  /// The entries of a local secondary index, in the order of its sort key, then of the table's.
  ///
  /// @param number position among the table's local indexes, from 0
  record LocalIndex(int number) implements RowSource {

    /// Numbers that fit the row key; the API's own bound is far lower.
    public static final int MAX_NUMBER = 0xFE;

    public LocalIndex {
      if (number < 0 || number > MAX_NUMBER) {
        throw new IllegalArgumentException("no local index has the number " + number);
      }
    }
  }
}
