package dev.partita.model.table;

import dev.partita.model.codec.ByteReader;
import dev.partita.model.codec.ByteWriter;
import dev.partita.model.codec.Codes;
import dev.partita.model.codec.Versioned;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.key.KeyRange;
import dev.partita.model.table.PartitionDescriptor.Peer;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.model.table.TableDefinition.TableClass;
import dev.partita.model.table.TableDefinition.Throughput;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.model.value.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Entries of the catalog. Decoding is total: {@link CorruptDataException} on anything that is not
/// exactly one whole record.
///
/// ```
/// record     = version  id u64  uuid u64 u64  definition  status u8  created u64
///              optional(last increase u64)  optional(last decrease u64)  decreases varint
///              optional(on demand since u64)  list(descriptor)
/// definition = name string  list(name string, type u8)  hash string  optional(range string)
///              billing u8  read u64  write u64  optional(throughput: on demand)
///              optional(throughput: warm)  optional(class u8)  protection bool
///              list(tag string, value string)
///              from version 02: list(index)  optional(expiry attribute string)
/// index      = name string  sort key string  projection u8  list(attribute string)
/// descriptor = id u64  table u64  from bytes  to bytes  version u64  config version u64
///              list(pod string, replica u64)
/// throughput = read u64  write u64
/// ```
///
/// Codes: type 00 S, 01 N, 02 B; status 00 CREATING, 01 UPDATING, 02 ACTIVE, 03 DELETING; billing
/// 00 PROVISIONED, 01 PAY_PER_REQUEST; class 00 STANDARD, 01 STANDARD_INFREQUENT_ACCESS; projection
/// 00 ALL, 01 KEYS_ONLY, 02 INCLUDE. Lists, strings and options as in commands. A definition or a
/// descriptor alone starts with the version byte too; a descriptor's is always 01.
///
/// Written is the lowest version that can hold the table, so that pods of the release before can
/// read every table that they can serve.
public final class TableCodec {

  private static final int PLAIN = 1;
  private static final int INDEXES = 2;

  private static final Codes<KeyType> KEY_TYPES =
      Codes.of(KeyType.class, KeyType.S, KeyType.N, KeyType.B);
  private static final Codes<TableStatus> STATUSES =
      Codes.of(
          TableStatus.class,
          TableStatus.CREATING,
          TableStatus.UPDATING,
          TableStatus.ACTIVE,
          TableStatus.DELETING);
  private static final Codes<BillingMode> BILLING_MODES =
      Codes.of(BillingMode.class, BillingMode.PROVISIONED, BillingMode.PAY_PER_REQUEST);
  private static final Codes<TableClass> CLASSES =
      Codes.of(TableClass.class, TableClass.STANDARD, TableClass.STANDARD_INFREQUENT_ACCESS);
  private static final Codes<Projection> PROJECTIONS =
      Codes.of(Projection.class, Projection.ALL, Projection.KEYS_ONLY, Projection.INCLUDE);

  private TableCodec() {}

  public static byte[] encode(TableRecord table) {
    int version = version(table.definition());
    return Versioned.encode(version, table, (t, out) -> write(version, t, out));
  }

  /// @throws CorruptDataException if the bytes are not a table record
  public static TableRecord decodeRecord(byte[] octets) {
    return Versioned.decodeUpTo(INDEXES, octets, TableCodec::readRecord);
  }

  public static byte[] encode(TableDefinition definition) {
    int version = version(definition);
    return Versioned.encode(version, definition, (d, out) -> write(version, d, out));
  }

  /// @throws CorruptDataException if the bytes are not a definition
  public static TableDefinition decodeDefinition(byte[] octets) {
    return Versioned.decodeUpTo(INDEXES, octets, TableCodec::readDefinition);
  }

  public static byte[] encode(PartitionDescriptor descriptor) {
    return Versioned.encode(PLAIN, descriptor, TableCodec::write);
  }

  /// @throws CorruptDataException if the bytes are not a descriptor
  public static PartitionDescriptor decodeDescriptor(byte[] octets) {
    return Versioned.decode(PLAIN, octets, TableCodec::readDescriptor);
  }

  private static int version(TableDefinition definition) {
    return definition.localIndexes().isEmpty() && definition.ttlAttribute() == null
        ? PLAIN
        : INDEXES;
  }

  private static void write(int version, TableRecord table, ByteWriter out) {
    out.u64(table.id());
    out.u64(table.tableId().getMostSignificantBits());
    out.u64(table.tableId().getLeastSignificantBits());
    write(version, table.definition(), out);
    STATUSES.write(table.status(), out);
    out.u64(table.createdAt());
    writeOptional(table.lastIncreaseAt(), out);
    writeOptional(table.lastDecreaseAt(), out);
    out.varint(table.decreasesToday());
    writeOptional(table.onDemandSince(), out);
    out.varint(table.partitions().size());
    for (PartitionDescriptor descriptor : table.partitions()) {
      write(descriptor, out);
    }
  }

  private static TableRecord readRecord(int version, ByteReader in) {
    long id = in.u64();
    UUID tableId = new UUID(in.u64(), in.u64());
    TableDefinition definition = readDefinition(version, in);
    TableStatus status = STATUSES.read(in);
    long createdAt = in.u64();
    Long increase = readOptional(in);
    Long decrease = readOptional(in);
    int decreases = in.varint();
    Long onDemand = readOptional(in);
    List<PartitionDescriptor> partitions = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      partitions.add(readDescriptor(in));
    }
    return new TableRecord(
        id,
        tableId,
        definition,
        status,
        createdAt,
        increase,
        decrease,
        decreases,
        onDemand,
        partitions);
  }

  private static void write(int version, TableDefinition definition, ByteWriter out) {
    out.string(definition.name());
    out.varint(definition.attributes().size());
    for (AttributeDefinition attribute : definition.attributes()) {
      out.string(attribute.name());
      KEY_TYPES.write(attribute.type(), out);
    }
    out.string(definition.hashKey());
    String rangeKey = definition.rangeKey();
    out.bool(rangeKey != null);
    if (rangeKey != null) {
      out.string(rangeKey);
    }
    BILLING_MODES.write(definition.billingMode(), out);
    out.u64(definition.readCapacityUnits());
    out.u64(definition.writeCapacityUnits());
    writeThroughput(definition.onDemandThroughput(), out);
    writeThroughput(definition.warmThroughput(), out);
    TableClass tableClass = definition.tableClass();
    out.bool(tableClass != null);
    if (tableClass != null) {
      CLASSES.write(tableClass, out);
    }
    out.bool(definition.deletionProtection());
    out.varint(definition.tags().size());
    for (Map.Entry<String, String> tag : definition.tags().entrySet()) {
      out.string(tag.getKey());
      out.string(tag.getValue());
    }
    if (version >= INDEXES) {
      writeIndexes(definition, out);
    }
  }

  private static TableDefinition readDefinition(int version, ByteReader in) {
    String name = in.string();
    List<AttributeDefinition> attributes = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      attributes.add(new AttributeDefinition(in.string(), KEY_TYPES.read(in)));
    }
    String hashKey = in.string();
    String rangeKey = in.bool() ? in.string() : null;
    BillingMode billing = BILLING_MODES.read(in);
    long read = in.u64();
    long write = in.u64();
    Throughput onDemand = readThroughput(in);
    Throughput warm = readThroughput(in);
    TableClass tableClass = in.bool() ? CLASSES.read(in) : null;
    boolean protection = in.bool();
    Map<String, String> tags = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      if (tags.put(in.string(), in.string()) != null) {
        throw new CorruptDataException("a tag comes twice");
      }
    }
    return new TableDefinition(
        name,
        attributes,
        hashKey,
        rangeKey,
        billing,
        read,
        write,
        onDemand,
        warm,
        tableClass,
        protection,
        tags,
        version >= INDEXES ? readIndexes(in) : List.of(),
        version >= INDEXES && in.bool() ? in.string() : null);
  }

  private static void writeIndexes(TableDefinition definition, ByteWriter out) {
    out.varint(definition.localIndexes().size());
    for (LocalIndex index : definition.localIndexes()) {
      out.string(index.name());
      out.string(index.rangeKey());
      PROJECTIONS.write(index.projection(), out);
      out.varint(index.nonKeyAttributes().size());
      index.nonKeyAttributes().forEach(out::string);
    }
    String ttl = definition.ttlAttribute();
    out.bool(ttl != null);
    if (ttl != null) {
      out.string(ttl);
    }
  }

  private static List<LocalIndex> readIndexes(ByteReader in) {
    List<LocalIndex> indexes = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      String name = in.string();
      String rangeKey = in.string();
      Projection projection = PROJECTIONS.read(in);
      List<String> attributes = new ArrayList<>();
      for (int more = in.count(); more > 0; more--) {
        attributes.add(in.string());
      }
      indexes.add(new LocalIndex(name, rangeKey, projection, attributes));
    }
    return indexes;
  }

  private static void write(PartitionDescriptor descriptor, ByteWriter out) {
    out.u64(descriptor.id());
    out.u64(descriptor.tableId());
    out.bytes(descriptor.range().from());
    out.bytes(descriptor.range().to());
    out.u64(descriptor.version());
    out.u64(descriptor.configVersion());
    out.varint(descriptor.peers().size());
    for (Peer peer : descriptor.peers()) {
      out.string(peer.pod());
      out.u64(peer.replicaId());
    }
  }

  private static PartitionDescriptor readDescriptor(ByteReader in) {
    long id = in.u64();
    long tableId = in.u64();
    Bytes from = in.bytes();
    Bytes to = in.bytes();
    if (from.compareTo(to) >= 0) {
      throw new CorruptDataException("a partition with an empty range");
    }
    long version = in.u64();
    long configVersion = in.u64();
    List<Peer> peers = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      peers.add(new Peer(in.string(), in.u64()));
    }
    return new PartitionDescriptor(
        id, tableId, new KeyRange(from, to), version, configVersion, peers);
  }

  private static void writeOptional(@Nullable Long value, ByteWriter out) {
    out.bool(value != null);
    if (value != null) {
      out.u64(value);
    }
  }

  private static @Nullable Long readOptional(ByteReader in) {
    return in.bool() ? (Long) in.u64() : null;
  }

  private static void writeThroughput(@Nullable Throughput throughput, ByteWriter out) {
    out.bool(throughput != null);
    if (throughput != null) {
      out.u64(throughput.readUnits());
      out.u64(throughput.writeUnits());
    }
  }

  private static @Nullable Throughput readThroughput(ByteReader in) {
    return in.bool() ? new Throughput(in.u64(), in.u64()) : null;
  }
}
