package dev.partita.partition;

import dev.partita.engine.ItemReader;
import dev.partita.engine.Rows;
import dev.partita.engine.Rows.Cursor;
import dev.partita.model.capacity.CapacityUnits;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageRead;
import dev.partita.model.command.ToldItems;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.expression.Conditions;
import dev.partita.model.expression.Projections;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.StoredItem;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.model.key.RowSource;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One walk over the rows of one range, from one image of them. Items are neither decoded nor
/// copied twice unless an expression asks for it. Used once, by one thread.
final class PageWalk {

  /// Rows of other sources passed since the last one of the page, before a walk looks for a place
  /// to pause: each may cost a search on disk.
  static final int MAX_PASSED = 2_000;

  /// The same in a whole walk, however many rows of the page are between them.
  static final int MAX_PASSED_IN_ALL = 50_000;

  private final PageRead read;
  private final KeyRange range;
  private final ToldItems told = new ToldItems();
  private int matched;
  private int evaluated;
  private long bytesRead;
  private long fetchUnits;
  private @Nullable Bytes last;
  private int passed;
  private int passedInAll;

  /// @param range what is left to walk
  private PageWalk(PageRead read, KeyRange range) {
    this.read = read;
    this.range = range;
  }

  /// Walks until the page is full or the range is over.
  static PageOutcome of(PageRead read, ItemReader store) {
    KeyRange rest = read.rest();
    if (rest == null) {
      return new PageOutcome.Page(PageOutcome.Rows.NONE, null);
    }
    PageWalk walk = new PageWalk(read, rest);
    if (!read.wholeItems()) {
      return walk.run(store);
    }
    try (Rows.Image image = store.image()) {
      return walk.run(image);
    }
  }

  private PageOutcome run(Rows rows) {
    byte[] from = range.from().unsafeArray();
    byte[] to = range.to().unsafeArray();
    try (Cursor cursor = read.forward() ? rows.scan(from, to) : rows.scanBackwards(from, to)) {
      boolean there = cursor.next();
      while (there) {
        byte[] key = cursor.key();
        if (!RowKeys.isOf(read.source(), key)) {
          passed++;
          passedInAll++;
          there = pass(key, cursor);
          if (there && hasPassedMuch() && mayPauseAt(key, cursor.key())) {
            return new PageOutcome.Paused(rows(), Bytes.wrap(key));
          }
          continue;
        }
        if (!evaluate(key, cursor.value(), rows)) {
          return new PageOutcome.Page(rows(), last);
        }
        if (evaluated == read.limit()
            || PageOutcome.Rows.weight(bytesRead, fetchUnits) >= read.bytes()) {
          return new PageOutcome.Page(rows(), Bytes.wrap(key));
        }
        passed = 0;
        if (hasPassedMuch()) {
          return new PageOutcome.Paused(rows(), Bytes.wrap(key));
        }
        there = cursor.next();
      }
      return new PageOutcome.Page(rows(), null);
    }
  }

  private boolean hasPassedMuch() {
    return passed > MAX_PASSED || passedInAll > MAX_PASSED_IN_ALL;
  }

  /// Whether a walk may pause at a row that it has passed. Forward a client must be able to name
  /// the place: it is an item whose partition key has nothing in the source, so that any key of the
  /// source with that partition key stands for it. Every partition key that has rows has an item.
  ///
  /// @param next the row at which the cursor arrived
  private boolean mayPauseAt(byte[] key, byte[] next) {
    return !read.forward()
        || (RowKeys.isOf(RowSource.Items.INSTANCE, key)
            && !RowKeys.around(key, read.source()).contains(Bytes.wrap(next)));
  }

  private PageOutcome.Rows rows() {
    return new PageOutcome.Rows(told.items(), matched, evaluated, bytesRead, fetchUnits, last);
  }

  /// Leaves a row that is not meant, and with it those between here and the next that may be.
  private boolean pass(byte[] key, Cursor cursor) {
    KeyRange meant = RowKeys.around(key, read.source());
    byte[] from = meant.from().unsafeArray();
    byte[] to = meant.to().unsafeArray();
    boolean before = Arrays.compareUnsigned(key, from) < 0;
    boolean behind = Arrays.compareUnsigned(key, to) >= 0;
    if (read.forward()) {
      return before
          ? cursor.skipTo(from)
          : behind ? cursor.skipTo(RowKeys.nextPartitionKey(key)) : cursor.next();
    }
    // Backwards a cursor arrives at the last row that is not above what it is sent to.
    return behind ? cursor.skipTo(to) : cursor.next();
  }

  /// @return false if the JSON of what the row tells has no room in the page any more: then it is
  ///   as if it had not been looked at, and the page ends with the one before it
  private boolean evaluate(byte[] key, byte[] entry, Rows rows) {
    byte[] stored = entry;
    long fetched = 0;
    if (read.wholeItems()) {
      Bytes itemKey = RowKeys.itemOf(Bytes.wrap(key));
      byte[] item = rows.get(itemKey.unsafeArray());
      if (item == null) {
        throw new CorruptDataException("an index entry without its item " + itemKey);
      }
      stored = item;
      fetched = CapacityUnits.readUnits(StoredItem.header(item).size());
    }
    Map<String, AttributeValue> attributes =
        read.filter() == null && read.projection() == null ? null : decoded(stored);
    boolean matches =
        read.filter() == null || attributes == null || Conditions.test(read.filter(), attributes);
    if (matches && !read.countOnly() && !told.add(List.of(tell(stored, attributes)))) {
      return false;
    }
    evaluated++;
    matched += matches ? 1 : 0;
    bytesRead += StoredItem.header(entry).size();
    fetchUnits += fetched;
    last = Bytes.wrap(key);
    return true;
  }

  private static Map<String, AttributeValue> decoded(byte[] stored) {
    return ItemCodec.decode(
        stored, StoredItem.HEADER_BYTES, stored.length - StoredItem.HEADER_BYTES);
  }

  /// @param attributes null where no expression asked for them
  private Bytes tell(byte[] stored, @Nullable Map<String, AttributeValue> attributes) {
    return read.projection() == null || attributes == null
        ? StoredItem.body(stored)
        : ItemCodec.encode(Projections.project(read.projection(), attributes));
  }
}
