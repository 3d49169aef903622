package dev.partita.replication.microraft;

import dev.partita.replication.Replica;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a group's members.
///
/// ```
/// version u8 = 1 | log index u64 | count u32 | count x ( id u64 | length u32 | pod name, UTF-8 )
/// ```
final class MembershipCodec {
  private static final byte VERSION = 1;
  private static final int MAX_POD_NAME_BYTES = 1024;

  /// @param index log index of the change that made these the members, 0 for the founders
  /// @param voters in a fixed order
  record Membership(long index, List<Replica> voters) {
    Membership {
      voters = List.copyOf(voters);
    }
  }

  static byte[] encode(Membership membership) {
    List<byte[]> names =
        membership.voters().stream().map(v -> v.pod().getBytes(StandardCharsets.UTF_8)).toList();
    int size = size(membership);
    ByteBuffer out = ByteBuffer.allocate(1 + size);
    out.put(VERSION);
    write(membership, names, out);
    return out.array();
  }

  static Membership decode(byte[] bytes) {
    WireReader in = new WireReader(bytes, bytes.length);
    byte version = in.int8();
    if (version != VERSION) {
      throw new MalformedMessageException("members of version " + version);
    }
    Membership membership = read(in);
    in.end();
    return membership;
  }

  static int size(Membership membership) {
    int size = 12;
    for (Replica voter : membership.voters()) {
      size += 12 + voter.pod().getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }

  static void write(Membership membership, ByteBuffer out) {
    write(
        membership,
        membership.voters().stream().map(v -> v.pod().getBytes(StandardCharsets.UTF_8)).toList(),
        out);
  }

  private static void write(Membership membership, List<byte[]> names, ByteBuffer out) {
    out.putLong(membership.index()).putInt(names.size());
    for (int i = 0; i < names.size(); i++) {
      out.putLong(membership.voters().get(i).id());
      out.putInt(names.get(i).length).put(names.get(i));
    }
  }

  static Membership read(WireReader in) {
    long index = in.index();
    int count = in.count();
    if (count == 0 || count > in.remaining() / 13) {
      throw new MalformedMessageException("a group of " + count + " members");
    }
    List<Replica> voters = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long id = in.id();
      int length = in.count();
      if (length == 0 || length > MAX_POD_NAME_BYTES) {
        throw new MalformedMessageException("a pod name of " + length + " bytes");
      }
      voters.add(new Replica(new String(in.bytes(length), StandardCharsets.UTF_8), id));
    }
    return new Membership(index, voters);
  }

  private MembershipCodec() {}
}
