package dev.partita.server.item;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.QueryTexts;
import dev.partita.model.key.KeyRange;
import dev.partita.model.key.RowKeys;
import dev.partita.server.json.Structure;

/// A part of a table that one of several scans walks over: an even part of the ring of tokens,
/// which knows nothing of partitions.
///
/// @param number from 0
/// @param total how many parts there are, at least 1
record Segment(int number, int total) {

  private static final Segment WHOLE = new Segment(0, 1);

  /// @return the whole table where the request does not say
  /// @throws ApiException VALIDATION
  static Segment read(Structure request) {
    Long number = request.whole("Segment");
    Long total = request.whole("TotalSegments");
    if (number == null && total == null) {
      return WHOLE;
    }
    if (total == null) {
      throw ApiException.validation(QueryTexts.NO_TOTAL_SEGMENTS);
    }
    if (number == null) {
      throw ApiException.validation(QueryTexts.NO_SEGMENT);
    }
    if (number >= total) {
      throw ApiException.validation(QueryTexts.segmentTooHigh(number, total));
    }
    return new Segment(number.intValue(), total.intValue());
  }

  KeyRange range(long tableId) {
    return RowKeys.even(tableId, total, number);
  }
}
