package dev.partita.e2e.differential;

import java.util.List;

/// Attribute names that the generated items and expressions use.
final class Names {

  private Names() {}

  /// Top-level attributes that are not keys.
  static final List<String> TOP = List.of("a", "b", "c", "num", "strs", "doc", "parts", "flag");

  /// Names inside documents.
  static final List<String> NESTED = List.of("x", "y", "z", "deep", "parts");

  /// Names that need a placeholder: reserved or not plain words.
  static final List<String> AWKWARD = List.of("status", "name", "Size", "a-b", "with space", "ü");
}
