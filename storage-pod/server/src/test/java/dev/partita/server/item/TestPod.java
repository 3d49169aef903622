package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.PodConfig;
import dev.partita.cluster.PodNode;
import dev.partita.cluster.TableLookup;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import dev.partita.server.table.CreateTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A real pod in this process, asked by JSON. Texts have single quotes for double ones.
final class TestPod implements AutoCloseable {

  private static final long LIMIT_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final PodNode node;

  TestPod(Path folder) {
    node =
        PodNode.start(
            PodConfig.embedded(folder),
            null,
            vertx,
            new SimpleMeterRegistry(),
            e -> {
              throw new IllegalStateException(e);
            });
    await("the pod is ready", node::ready);
  }

  private interface Check {
    boolean holds();
  }

  private static void await(String what, Check check) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!check.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not in time: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /// Makes a table and waits until it serves.
  ///
  /// @param members of CreateTable besides the name and the billing mode
  void create(String name, String members) {
    ask("CreateTable", "'TableName':'" + name + "'," + members);
    await(
        name + " is active",
        () ->
            node.table(name).join() instanceof TableLookup.Found(var table)
                && table.status() == TableStatus.ACTIVE);
  }

  void put(String table, String item) {
    assertThat(ask("PutItem", "'TableName':'" + table + "','Item':{" + item + "}")).isEqualTo("{}");
  }

  /// The answer's body.
  String ask(String operation, String members) {
    try {
      Reply reply = reply(operation, members);
      assertThat(reply.error()).isNull();
      return new String(reply.body(), StandardCharsets.UTF_8).replace('"', '\'');
    } catch (CompletionException e) {
      throw e.getCause() instanceof ApiException refused ? refused : e;
    }
  }

  private Reply reply(String operation, String members) {
    RequestContext context =
        new RequestContext(
            "ID",
            "arn:aws:iam::000000000000:root",
            operation,
            "localhost",
            "local-1",
            "000000000000",
            InstantSource.system(),
            AnswerMemory.UNCOUNTED);
    String json = ("{" + members + "}").replace('\'', '"');
    for (Operation known :
        List.of(new CreateTable(node), new PutItem(node), new Query(node), new Scan(node))) {
      if (known.name().equals(operation)) {
        return known.handle(context, json.getBytes(StandardCharsets.UTF_8)).join();
      }
    }
    throw new IllegalArgumentException("no operation " + operation);
  }

  /// The message of the ValidationException that refuses a request.
  String refusal(String operation, String members) {
    try {
      return "not refused: " + ask(operation, members);
    } catch (ApiException e) {
      return e.type() == ErrorType.VALIDATION ? e.getMessage() : e.type() + ": " + e.getMessage();
    }
  }

  @Override
  public void close() {
    node.close();
    vertx.close().await();
  }
}
