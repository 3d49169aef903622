package dev.partita.server.http;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.server.auth.Authenticator;
import dev.partita.server.metrics.RequestMetrics;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Operations;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A front door with small operations behind it.
final class TestServer implements AutoCloseable {

  static final String REGION = "local-1";

  static final byte[] LARGE = new byte[24 << 20];

  /// What `Reserve` takes for its answer.
  static final int RESERVED_BYTES = LARGE.length + 100;

  final MeterRegistry registry = new SimpleMeterRegistry();
  final CompletableFuture<Reply> pending = new CompletableFuture<>();
  final AtomicInteger pendingCalls = new AtomicInteger();
  private final Vertx vertx = Vertx.vertx();
  private final FrontDoor door;

  TestServer(HttpLimits limits, Supplier<Authenticator> authenticators) {
    this(limits, authenticators, 0, 1);
  }

  TestServer(HttpLimits limits, Supplier<Authenticator> authenticators, int port, int loops) {
    this(limits, authenticators, port, loops, null);
  }

  TestServer(
      HttpLimits limits,
      Supplier<Authenticator> authenticators,
      int port,
      int loops,
      @Nullable ServerSSLOptions tls) {
    Operations operations =
        new Operations(
            List.of(
                operation("Echo", (_, body) -> CompletableFuture.completedFuture(Reply.ok(body))),
                operation(
                    "Later", (_, body) -> CompletableFuture.supplyAsync(() -> Reply.ok(body))),
                read("Large", _ -> CompletableFuture.completedFuture(Reply.ok(LARGE))),
                read("LargeLater", _ -> CompletableFuture.supplyAsync(() -> Reply.ok(LARGE))),
                read(
                    "Reserve",
                    context -> {
                      context.answerMemory().take(RESERVED_BYTES);
                      pendingCalls.incrementAndGet();
                      return pending;
                    }),
                operation(
                    "LargeChange", (_, _) -> CompletableFuture.completedFuture(Reply.ok(LARGE))),
                operation(
                    "Pending",
                    (_, _) -> {
                      pendingCalls.incrementAndGet();
                      return pending;
                    }),
                operation(
                    "Refuse",
                    (_, _) -> {
                      throw ApiException.validation("no \"such\" thing");
                    }),
                operation(
                    "RefuseLater",
                    (_, _) ->
                        CompletableFuture.failedFuture(
                            new ApiException(ErrorType.INTERNAL_SERVER_ERROR, "try again"))),
                operation(
                    "CrashLater",
                    (_, body) ->
                        CompletableFuture.completedFuture(body)
                            .thenApply(Reply::ok)
                            .thenApplyAsync(
                                _ -> {
                                  throw new IllegalStateException("a fault of ours");
                                })),
                operation(
                    "Cancel",
                    (_, _) -> {
                      CompletableFuture<Reply> cancelled = new CompletableFuture<>();
                      cancelled.cancel(false);
                      return cancelled;
                    }),
                operation(
                    "Crash",
                    (_, _) -> {
                      throw new IllegalStateException("a fault of ours");
                    }),
                operation(
                    "GetItem",
                    (context, _) ->
                        CompletableFuture.completedFuture(Reply.ok(context.principal()))),
                operation(
                    "Where",
                    (_, _) ->
                        CompletableFuture.completedFuture(
                            Reply.ok(Thread.currentThread().getName())))));
    FrontDoor.Config config =
        new FrontDoor.Config("127.0.0.1", port, loops, REGION, "000000000000", limits);
    door =
        join(
            FrontDoor.open(
                vertx,
                config,
                tls,
                operations,
                authenticators,
                new RequestMetrics(registry, operations.names()),
                InstantSource.system()));
  }

  static HttpLimits limits(Duration header, Duration body, Duration idle) {
    return new HttpLimits(
        100,
        100,
        64L << 20,
        64L << 20,
        header,
        body,
        Duration.ofSeconds(30),
        idle,
        Duration.ofSeconds(5));
  }

  RawClient connect() throws IOException {
    return new RawClient(door.port());
  }

  int port() {
    return door.port();
  }

  void updateTls(ServerSSLOptions tls) {
    join(door.updateTls(tls));
  }

  void lastCall() {
    door.lastCall();
  }

  CompletableFuture<Void> drain() {
    return door.close().toCompletionStage().toCompletableFuture();
  }

  @Override
  public void close() {
    join(vertx.close());
  }

  private static <T> T join(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static Operation read(
      String name, Function<RequestContext, CompletableFuture<Reply>> work) {
    return new Operation() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean isRead() {
        return true;
      }

      @Override
      public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
        return work.apply(context);
      }
    };
  }

  private static Operation operation(
      String name, BiFunction<RequestContext, byte[], CompletableFuture<Reply>> work) {
    return new Operation() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public CompletableFuture<Reply> handle(RequestContext context, byte[] body) {
        return work.apply(context, body);
      }
    };
  }

  Set<String> operationLabels() {
    return Set.copyOf(
        registry.find("partita.request").timers().stream()
            .map(t -> t.getId().getTag("operation"))
            .toList());
  }
}
