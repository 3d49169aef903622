package dev.partita.cluster.catalog;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.TableDefinition;

/// What a pod asks the catalog's leader to do; the leader makes a {@link CatalogCommand} of it.
///
/// ```
/// u8 version 1 | u8 kind
///   kind 1 create:  definition
///   kind 2 update:  expected definition | updated definition
///   kind 3 delete:  string name
/// ```
sealed interface Intent {
  int VERSION = 1;

  record Create(TableDefinition definition) implements Intent {}

  record Update(TableDefinition expected, TableDefinition updated) implements Intent {}

  record Delete(String name) implements Intent {}

  default byte[] encode() {
    ByteWriter out = new ByteWriter(256);
    out.u8(VERSION);
    switch (this) {
      case Create c -> {
        out.u8(1);
        CatalogCommands.definition(out, c.definition());
      }
      case Update u -> {
        out.u8(2);
        CatalogCommands.definition(out, u.expected());
        CatalogCommands.definition(out, u.updated());
      }
      case Delete d -> {
        out.u8(3);
        out.string(d.name());
      }
    }
    return out.toArray();
  }

  /// @throws CorruptDataException for anything that {@link #encode} did not make
  static Intent decode(byte[] body) {
    ByteReader in = new ByteReader(body);
    int version = in.u8();
    if (version != VERSION) {
      throw new CorruptDataException("catalog request of version " + version);
    }
    int kind = in.u8();
    Intent intent =
        switch (kind) {
          case 1 -> new Create(CatalogCommands.definition(in));
          case 2 -> new Update(CatalogCommands.definition(in), CatalogCommands.definition(in));
          case 3 -> new Delete(in.string());
          default -> throw new CorruptDataException("catalog request of kind " + kind);
        };
    in.done();
    return intent;
  }
}
