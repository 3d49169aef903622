package dev.partita.cluster;

/// How much a table holds.
///
/// @param items number of items
/// @param bytes their size in DynamoDB bytes
public record TableSize(long items, long bytes) {
  public static final TableSize EMPTY = new TableSize(0, 0);
}
