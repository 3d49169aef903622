package dev.partita.cluster;

import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A running pod with blocking doors, for tests.
final class Pod {
  private static final long LIMIT_SECONDS = 20;

  final PodConfig config;
  final PodNode node;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final Vertx vertx = Vertx.vertx();

  private Pod(PodConfig config) {
    this.config = config;
    node = PodNode.start(config, null, vertx, registry, faults::add);
  }

  static Pod start(PodConfig config) {
    return new Pod(config);
  }

  Pod awaitReady() throws Exception {
    Await.await("pod " + config.name() + " is ready", node::ready);
    return this;
  }

  TableOutcome create(TableDefinition definition) throws Exception {
    return node.createTable(definition).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  TableRecord createActive(TableDefinition definition) throws Exception {
    TableOutcome outcome = create(definition);
    if (!(outcome instanceof TableOutcome.Done)) {
      throw new AssertionError("create: " + outcome);
    }
    return active(definition.name());
  }

  TableRecord active(String name) throws Exception {
    Await.await(
        name + " is active on " + config.name(),
        () -> {
          TableRecord now = table(name);
          return now != null && now.status() == TableStatus.ACTIVE;
        });
    TableRecord table = table(name);
    if (table == null) {
      throw new AssertionError("gone: " + name);
    }
    return table;
  }

  @Nullable TableRecord table(String name) throws Exception {
    return switch (lookup(name)) {
      case TableLookup.Found(TableRecord table) -> table;
      case TableLookup.Missing _ -> null;
      case TableLookup.Unavailable(String reason) -> throw new AssertionError(name + ": " + reason);
    };
  }

  TableLookup lookup(String name) throws Exception {
    return node.table(name).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  WriteOutcome put(TableRecord table, String id, String value) throws Exception {
    return node.write(table, Items.put(table, id, value)).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /// The value of an item, `(none)` where there is none, or what went wrong.
  String get(TableRecord table, String id, boolean consistent) throws Exception {
    ReadOutcome outcome =
        node.read(table, Items.key(id), consistent).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return switch (outcome) {
      case ReadOutcome.Found found -> String.valueOf(Items.value(found.stored()));
      case ReadOutcome.Missing _ -> "(none)";
      case ReadOutcome.Unavailable u -> "(unavailable: " + u.reason() + ")";
    };
  }

  void close() throws Exception {
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
