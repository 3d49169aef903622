package dev.partita.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Serves `/healthz`, `/readyz` and `/metrics`.
final class HealthServer implements AutoCloseable {

  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param healthy whether the process should live on
  /// @param ready whether it does its work, or waits to do it
  HealthServer(
      InetSocketAddress address,
      BooleanSupplier healthy,
      BooleanSupplier ready,
      Supplier<String> metrics)
      throws IOException {
    server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/healthz", x -> answer(x, healthy.getAsBoolean(), "ok\n"));
    server.createContext("/readyz", x -> answer(x, ready.getAsBoolean(), "ready\n"));
    server.createContext("/metrics", x -> answer(x, true, metrics.get()));
  }

  void start() {
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private static void answer(HttpExchange exchange, boolean good, String text) throws IOException {
    byte[] body = (good ? text : "no\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(good ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
