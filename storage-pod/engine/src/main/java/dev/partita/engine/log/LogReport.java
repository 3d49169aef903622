package dev.partita.engine.log;

/// The log at one moment, for metrics.
///
/// @param writtenBytes bytes of all frames since the log was opened
/// @param syncs that it took
/// @param segments files in use, spare ones not counted
/// @param hasSpace whether entries are taken
/// @param failed whether a write or a sync failed, which ends the log
public record LogReport(
    long writtenBytes, long syncs, int segments, boolean hasSpace, boolean failed) {}
