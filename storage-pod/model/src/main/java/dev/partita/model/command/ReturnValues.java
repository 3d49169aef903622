package dev.partita.model.command;

/// `ReturnValues` of the write operations.
public enum ReturnValues {
  NONE,
  ALL_OLD,
  UPDATED_OLD,
  ALL_NEW,
  UPDATED_NEW
}
