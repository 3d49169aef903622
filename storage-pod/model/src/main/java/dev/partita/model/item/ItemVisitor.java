package dev.partita.model.item;

/// Receives an encoded item piece by piece, in stored order, so that a response can be written with
/// no tree of values between. Slices lie in the array that is walked: they are read, not kept and
/// not written into.
///
/// An item is `(name, value)*`. A value is one call, or `startList value* endList`, or `startMap
/// (name, value)* endMap`, or `startSet member* endSet` with members that are all strings, all
/// numbers or all binaries, as the start says.
public interface ItemVisitor {

  /// Name of the next attribute, or key of the next map entry, in UTF-8.
  void name(byte[] octets, int offset, int length);

  /// A string, in UTF-8.
  void string(byte[] octets, int offset, int length);

  /// A number, as a valid `NumberCode` starting at `offset`.
  void number(byte[] octets, int offset, int length);

  void binary(byte[] octets, int offset, int length);

  void bool(boolean value);

  void nothing();

  void startList();

  void endList();

  void startMap();

  void endMap();

  void startSet(SetKind kind);

  void endSet();

  /// What a set holds.
  enum SetKind {
    STRINGS,
    NUMBERS,
    BINARIES
  }
}
