package dev.partita.server.fuzz;

import com.sun.management.ThreadMXBean;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.model.error.ApiException;
import dev.partita.server.item.BatchGetItem;
import dev.partita.server.item.BatchWriteItem;
import dev.partita.server.item.DeleteItem;
import dev.partita.server.item.GetItem;
import dev.partita.server.item.PutItem;
import dev.partita.server.item.Query;
import dev.partita.server.item.Scan;
import dev.partita.server.item.UpdateItem;
import dev.partita.server.json.RequestReader;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Operations;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import dev.partita.server.table.TableOperations;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The operations as the front door calls them, and what a call costs the thread that makes it.
final class FuzzTarget implements AutoCloseable {

  private static final String TARGET = "DynamoDB_20120810.";

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ItemStore store;
  private final Operations operations;

  /// @param directory empty
  FuzzTarget(Path directory) {
    store = ItemStore.open(directory, ItemStoreOptions.defaults());
    FuzzCluster cluster = new FuzzCluster(store);
    List<Operation> all = new ArrayList<>(TableOperations.of(cluster));
    all.addAll(
        List.of(
            new PutItem(cluster),
            new GetItem(cluster),
            new UpdateItem(cluster),
            new DeleteItem(cluster),
            new Query(cluster),
            new Scan(cluster),
            new BatchGetItem(cluster),
            new BatchWriteItem(cluster)));
    operations = new Operations(all);
  }

  @Override
  public void close() {
    store.close();
  }

  /// @param fault null for an answer below 500
  /// @param refused whether the answer is an error
  /// @param cpuNanos the thread's own time on a processor, so that neither other processes nor the
  ///   compiler's and collector's threads count
  /// @param allocatedBytes all that the thread allocated, live or not
  record Result(@Nullable Throwable fault, boolean refused, long cpuNanos, long allocatedBytes) {}

  Result call(FuzzRequest request) {
    Operation operation = operations.find(TARGET + request.operation());
    if (operation == null) {
      throw new IllegalArgumentException(request.operation());
    }
    RequestContext context =
        new RequestContext(
            "REQUEST",
            "arn:aws:iam::000000000000:root",
            request.operation(),
            "localhost",
            "local-1",
            "000000000000",
            InstantSource.system(),
            AnswerMemory.UNCOUNTED);
    byte[] body = request.body().clone();
    Throwable thrown = null;
    CompletableFuture<Reply> answer = null;
    long allocated = thread.getCurrentThreadAllocatedBytes();
    long began = thread.getCurrentThreadCpuTime();
    try {
      answer = operation.handle(context, body);
    } catch (Throwable t) {
      thrown = t;
    }
    long nanos = thread.getCurrentThreadCpuTime() - began;
    long bytes = thread.getCurrentThreadAllocatedBytes() - allocated;
    if (thrown == null) {
      thrown = failureOf(answer);
    }
    Throwable fault = thrown == null ? faultOf(answer) : faultOf(thrown);
    return new Result(fault, thrown != null, nanos, bytes);
  }

  private static @Nullable Throwable failureOf(@Nullable CompletableFuture<Reply> answer) {
    if (answer == null || !answer.isDone()) {
      return new IllegalStateException("not answered by the thread that asked");
    }
    return answer.isCompletedExceptionally() ? answer.exceptionNow() : null;
  }

  /// Whatever a client sends, the answer is one of the API's, and not that the server failed.
  private static @Nullable Throwable faultOf(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof ApiException refused && refused.type().status() < 500 ? null : cause;
  }

  private static @Nullable Throwable faultOf(@Nullable CompletableFuture<Reply> answer) {
    if (answer == null) {
      return new IllegalStateException("no answer");
    }
    Reply reply = answer.join();
    if (reply.status() >= 500) {
      return new IllegalStateException("answered " + reply.status());
    }
    try {
      // Tags are answered with nothing at all.
      if (reply.body().length > 0) {
        RequestReader.checkSyntax(reply.body());
      }
      return null;
    } catch (ApiException _) {
      return new IllegalStateException("answered what is no JSON");
    }
  }
}
