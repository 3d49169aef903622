package dev.partita.cluster.partitions;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a pod makes of a partition, as it says when another pod asks.
///
/// ```
/// request:  varint count, each: u64 partition id
/// answer:   varint count, each: u64 partition id | u8 code
/// ```
public enum PartitionStatus {
  /// Nothing of it is here.
  ABSENT(0),
  /// Something of it is here: being opened, followed, being dropped.
  HELD(1),
  /// It is led from here.
  LED(2);

  private final int code;

  PartitionStatus(int code) {
    this.code = code;
  }

  static byte[] encodeRequest(List<Long> ids) {
    ByteWriter out = new ByteWriter(8 + 8 * ids.size());
    out.varint(ids.size());
    ids.forEach(out::u64);
    return out.toArray();
  }

  /// Answers a request.
  public static byte[] answer(byte[] request, PartitionSet partitions) {
    ByteReader in = new ByteReader(request);
    int count = in.count();
    ByteWriter out = new ByteWriter(8 + 9 * count);
    out.varint(count);
    for (int i = 0; i < count; i++) {
      long id = in.u64();
      out.u64(id);
      out.u8(of(id, partitions).code);
    }
    in.done();
    return out.toArray();
  }

  static PartitionStatus of(long id, PartitionSet partitions) {
    var partition = partitions.find(id);
    if (partition != null && partition.report().role().equals("LEADER")) {
      return LED;
    }
    return partitions.holds(id) ? HELD : ABSENT;
  }

  static Map<Long, PartitionStatus> decodeAnswer(byte[] answer) {
    ByteReader in = new ByteReader(answer);
    int count = in.count();
    Map<Long, PartitionStatus> statuses = new HashMap<>();
    for (int i = 0; i < count; i++) {
      long id = in.u64();
      int code = in.u8();
      statuses.put(
          id,
          switch (code) {
            case 0 -> ABSENT;
            case 1 -> HELD;
            case 2 -> LED;
            default -> throw new CorruptDataException("partition status of code " + code);
          });
    }
    in.done();
    return statuses;
  }
}
