package dev.partita.cluster.catalog;

import dev.partita.cluster.catalog.CatalogCommand.ActivateTable;
import dev.partita.cluster.catalog.CatalogCommand.CreateTable;
import dev.partita.cluster.catalog.CatalogCommand.DeleteTable;
import dev.partita.cluster.catalog.CatalogCommand.RemoveTable;
import dev.partita.cluster.catalog.CatalogCommand.UpdateTable;
import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.TableCodec;
import dev.partita.model.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Bytes of catalog entries. Codes are never reused.
///
/// ```
/// u8 version 1 | u8 kind
///   kind 1 create:    u64 u64 table UUID | u64 now | definition | u32 max tables
///                     | varint partitions, each: varint pods, each: string
///   kind 2 activate:  u64 id
///   kind 3 update:    expected definition | updated definition | u64 now
///   kind 4 delete:    string name
///   kind 5 remove:    u64 id
/// ```
///
/// A definition is a varint length and as many bytes of {@link TableCodec}.
final class CatalogCommands {
  private static final int VERSION = 1;
  private static final int CREATE = 1;
  private static final int ACTIVATE = 2;
  private static final int UPDATE = 3;
  private static final int DELETE = 4;
  private static final int REMOVE = 5;

  private CatalogCommands() {}

  static byte[] encode(CatalogCommand command) {
    ByteWriter out = new ByteWriter(256);
    out.u8(VERSION);
    switch (command) {
      case CreateTable c -> {
        out.u8(CREATE);
        out.u64(c.tableId().getMostSignificantBits());
        out.u64(c.tableId().getLeastSignificantBits());
        out.u64(c.now());
        definition(out, c.definition());
        out.u32(c.maxTables());
        out.varint(c.placement().size());
        for (List<String> pods : c.placement()) {
          out.varint(pods.size());
          pods.forEach(out::string);
        }
      }
      case ActivateTable c -> {
        out.u8(ACTIVATE);
        out.u64(c.id());
      }
      case UpdateTable c -> {
        out.u8(UPDATE);
        definition(out, c.expected());
        definition(out, c.updated());
        out.u64(c.now());
      }
      case DeleteTable c -> {
        out.u8(DELETE);
        out.string(c.name());
      }
      case RemoveTable c -> {
        out.u8(REMOVE);
        out.u64(c.id());
      }
    }
    return out.toArray();
  }

  /// @throws CorruptDataException for anything that {@link #encode} did not make
  static CatalogCommand decode(byte[] entry) {
    ByteReader in = new ByteReader(entry);
    int version = in.u8();
    if (version != VERSION) {
      throw new CorruptDataException("catalog entry of version " + version);
    }
    int kind = in.u8();
    CatalogCommand command =
        switch (kind) {
          case CREATE -> create(in);
          case ACTIVATE -> new ActivateTable(in.u64());
          case UPDATE -> new UpdateTable(definition(in), definition(in), in.u64());
          case DELETE -> new DeleteTable(in.string());
          case REMOVE -> new RemoveTable(in.u64());
          default -> throw new CorruptDataException("catalog entry of kind " + kind);
        };
    in.done();
    return command;
  }

  private static CreateTable create(ByteReader in) {
    UUID tableId = new UUID(in.u64(), in.u64());
    long now = in.u64();
    TableDefinition definition = definition(in);
    int maxTables = in.u32();
    return new CreateTable(tableId, now, definition, pods(in), maxTables);
  }

  static void definition(ByteWriter out, TableDefinition definition) {
    byte[] encoded = TableCodec.encode(definition);
    out.bytes(encoded, 0, encoded.length);
  }

  static TableDefinition definition(ByteReader in) {
    return TableCodec.decodeDefinition(in.bytes().unsafeArray());
  }

  private static List<List<String>> pods(ByteReader in) {
    int partitions = in.count();
    List<List<String>> placement = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      int count = in.count();
      List<String> pods = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        pods.add(in.string());
      }
      placement.add(pods);
    }
    return placement;
  }
}
