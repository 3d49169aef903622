package dev.partita.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/// Makes the process's one Vert.x instance.
public final class EventLoops {

  /// Threads for work that blocks, outside of the storage path.
  private static final int WORKERS = 4;

  private EventLoops() {}

  /// One event loop per core, on epoll where the native library loads.
  public static Vertx create() {
    VertxOptions options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(count())
            .setWorkerPoolSize(WORKERS)
            .setInternalBlockingPoolSize(WORKERS);
    return Vertx.builder().with(options).build();
  }

  /// How many event loops {@link #create} makes.
  public static int count() {
    return Runtime.getRuntime().availableProcessors();
  }
}
