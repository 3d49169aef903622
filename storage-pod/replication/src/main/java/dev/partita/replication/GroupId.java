package dev.partita.replication;

/// Identity of one consensus group, unique in a cluster and never used again. The catalog's group
/// is {@link #CATALOG}; every partition's group carries the partition's id.
public record GroupId(long value) implements Comparable<GroupId> {

  /// The group that holds table definitions, partition map and pods.
  public static final GroupId CATALOG = new GroupId(1);

  public GroupId {
    if (value <= 0) {
      throw new IllegalArgumentException("group id must be positive, got " + value);
    }
  }

  @Override
  public int compareTo(GroupId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "g" + value;
  }
}
