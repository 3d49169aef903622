package dev.partita.model.command;

import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Path;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.value.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wish to read one page of a table's rows in the order of their keys: what `Query` and `Scan`
/// come to. Everything that the request and the table's schema can reveal is already checked.
/// Besides by its own bounds a page ends before the row whose JSON has no room in it, see {@link
/// ToldItems}.
///
/// @param range row keys that may be evaluated; may reach over several partitions
/// @param forward whether keys ascend on the way
/// @param after key of the row behind which the walk goes on, in its direction; null for its start
/// @param source which rows of the range are meant
/// @param wholeItems whether, for every entry of an index, its item is fetched and evaluated in its
///   place; false for items
/// @param limit rows evaluated at most, at least 1
/// @param bytes DynamoDB bytes evaluated after which the page ends, at least 1: the row that
///   reaches it is the last. 1 MB for a fresh page
/// @param filter rows that are told; null for all
/// @param projection what is told of each; null for all that the source has
/// @param countOnly whether rows are only counted
public record PageRead(
    long tableId,
    KeyRange range,
    boolean forward,
    @Nullable Bytes after,
    RowSource source,
    boolean wholeItems,
    int limit,
    int bytes,
    @Nullable Condition filter,
    @Nullable List<Path> projection,
    boolean countOnly) {

  /// DynamoDB bytes of a fresh page.
  public static final int PAGE_BYTES = 1 << 20;

  public PageRead {
    if (limit < 1 || bytes < 1) {
      throw new IllegalArgumentException("a page of " + limit + " rows and " + bytes + " bytes");
    }
    projection = projection == null ? null : List.copyOf(projection);
  }

  /// What is left of the range; null for nothing.
  public @Nullable KeyRange rest() {
    if (after == null) {
      return range;
    }
    Bytes from = forward ? Bytes.max(range.from(), RowKeys.behind(after)) : range.from();
    Bytes to = forward ? range.to() : Bytes.min(range.to(), after);
    return from.compareTo(to) < 0 ? new KeyRange(from, to) : null;
  }

  /// The same wish for a part of the range, with what is left of its bounds.
  public PageRead part(KeyRange part, int rowsLeft, int bytesLeft) {
    return new PageRead(
        tableId,
        part,
        forward,
        null,
        source,
        wholeItems,
        rowsLeft,
        bytesLeft,
        filter,
        projection,
        countOnly);
  }
}
