package dev.partita.e2e.wire;

import java.io.IOException;
import java.time.Duration;

/// A table from the request that makes it to the moment when it can be used.
public final class FreshTable {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 20;

  private FreshTable() {}

  /// Creates a table and waits until it is ACTIVE.
  ///
  /// @param request of CreateTable
  /// @throws IllegalStateException if it is refused, or not ACTIVE in time
  public static void create(WireClient wire, String request)
      throws IOException, InterruptedException {
    WireClient.Answer created = wire.call("CreateTable", request);
    if (!created.ok()) {
      throw new IllegalStateException(created.status() + " " + created.text());
    }
    String name = created.body().path("TableDescription").path("TableName").asText();
    long began = System.nanoTime();
    while (!isActive(wire, name)) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new IllegalStateException(name + " is not ACTIVE within " + LIMIT);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static boolean isActive(WireClient wire, String name)
      throws IOException, InterruptedException {
    return wire.call("DescribeTable", "{\"TableName\":\"" + name + "\"}")
        .body()
        .path("Table")
        .path("TableStatus")
        .asText("")
        .equals("ACTIVE");
  }
}
