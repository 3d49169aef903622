package dev.partita.model.command;

import dev.partita.model.item.JsonLength;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The items that one page tells, as long as their JSON stays within a bound: DynamoDB's own bound
/// counts numbers as what they are and not as their digits. JSON is measured only once there is
/// enough that it could come near the bound.
public final class ToldItems {

  /// JSON of the items of one page, in bytes; a single item may be above it. What is ordinary is
  /// far below: a page's 1 MB as text, base64, numbers or nulls.
  public static final int MAX_JSON_BYTES = 24 << 20;

  private final List<Bytes> items = new ArrayList<>();

  /// The first so many items are in `json`, the others with their encoded bytes in `unmeasured`.
  private int measured;

  private long json;
  private long unmeasured;

  /// Adds items, all or none.
  ///
  /// @param more encoded attribute maps
  /// @return false if they do not fit; what is first always fits
  public boolean add(List<Bytes> more) {
    long bytes = 0;
    for (Bytes item : more) {
      bytes += item.length();
    }
    boolean near = json + JsonLength.MAX_FACTOR * (unmeasured + bytes) > MAX_JSON_BYTES;
    if (!near || items.isEmpty() || more.isEmpty()) {
      items.addAll(more);
      unmeasured += bytes;
      return true;
    }
    json += json(items.subList(measured, items.size()));
    unmeasured = 0;
    measured = items.size();
    long added = json(more);
    if (json + added > MAX_JSON_BYTES) {
      return false;
    }
    json += added;
    items.addAll(more);
    measured = items.size();
    return true;
  }

  /// With a comma for each.
  private static long json(List<Bytes> items) {
    long bytes = 0;
    for (Bytes item : items) {
      bytes += JsonLength.of(item) + 1;
    }
    return bytes;
  }

  /// What was added so far, in order; a view.
  public List<Bytes> items() {
    return Collections.unmodifiableList(items);
  }
}
