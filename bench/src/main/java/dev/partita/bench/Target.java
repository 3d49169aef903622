package dev.partita.bench;

import dev.partita.e2e.wire.Credentials;
import dev.partita.e2e.wire.Signer;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running server under measurement.
///
/// @param name in the report
/// @param endpoints where it takes requests: the load is spread over all of them, as a Service does
/// @param pids its processes, for their memory
record Target(
    String name, List<URI> endpoints, Credentials credentials, String region, List<Long> pids) {

  private static final int LOADERS = 16;
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /// Its first endpoint.
  URI endpoint() {
    return endpoints.getFirst();
  }

  /// Creates the table and loads the items.
  void load() throws IOException, InterruptedException, ExecutionException {
    try (WireClient wire = wire()) {
      require(wire.call("CreateTable", Workload.createTable()));
      while (!wire.call("DescribeTable", "{\"TableName\":\"" + Workload.TABLE + "\"}")
          .body()
          .path("Table")
          .path("TableStatus")
          .asText("")
          .equals("ACTIVE")) {
        Thread.sleep(50);
      }
      try (ExecutorService pool = Executors.newFixedThreadPool(LOADERS)) {
        List<Future<?>> parts = new ArrayList<>();
        for (int part = 0; part < LOADERS; part++) {
          int first = part;
          parts.add(
              pool.submit(
                  () -> {
                    Random random = new Random(first);
                    for (int i = first; i < Workload.ITEMS; i += LOADERS) {
                      require(wire.call("PutItem", Workload.put(i, random)));
                    }
                    return null;
                  }));
        }
        for (Future<?> part : parts) {
          part.get();
        }
      }
    }
  }

  /// One run of wrk with requests signed just now.
  Wrk.Result measure(Workload workload, int connections, int seconds)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("requests", ".bin");
    try {
      if (workload.operation().startsWith("/")) {
        RequestFile.writePlain(file, endpoint(), workload.operation(), workload.bodies());
      } else {
        Signer signer = new Signer(credentials, region);
        RequestFile.write(file, endpoint(), signer, workload.operation(), workload.bodies());
      }
      return Wrk.run(endpoints, file, connections, seconds);
    } finally {
      Files.delete(file);
    }
  }

  /// Resident memory of all its processes, in MB.
  long residentMegabytes() throws IOException {
    long kilobytes = 0;
    for (long pid : pids) {
      Matcher m = RSS.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      if (m.find()) {
        kilobytes += Long.parseLong(m.group(1));
      }
    }
    return kilobytes / 1024;
  }

  WireClient wire() {
    return new WireClient(endpoint(), credentials, region, Duration.ofSeconds(30));
  }

  private static void require(WireClient.Answer answer) {
    if (!answer.ok()) {
      throw new IllegalStateException(answer.status() + " " + answer.text());
    }
  }
}
