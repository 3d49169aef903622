package dev.partita.operator.table;

/// The numbers of one look.
record Numbers(long items, long bytes) {}
