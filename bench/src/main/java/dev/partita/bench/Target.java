package dev.partita.bench;

import dev.partita.e2e.wire.Credentials;
import dev.partita.e2e.wire.FreshTable;
import dev.partita.e2e.wire.Signer;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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

  /// Answers that are looked into before wrk goes on by their length.
  private static final int PROBES = 20;

  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /// Its first endpoint.
  URI endpoint() {
    return endpoints.getFirst();
  }

  /// Creates the table and loads the items.
  void load() throws IOException, InterruptedException, ExecutionException {
    create(Workload.createTable());
    try (WireClient wire = wire();
        ExecutorService pool = Executors.newFixedThreadPool(LOADERS)) {
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

  /// Creates a table and waits until it can be used.
  void create(String request) throws IOException, InterruptedException {
    try (WireClient wire = wire()) {
      FreshTable.create(wire, request);
    }
  }

  /// One run of wrk with requests signed just now.
  Wrk.Result measure(Workload workload, int connections, int seconds)
      throws IOException, InterruptedException {
    OptionalInt answerBytes = answerBytes(workload);
    Path file = Files.createTempFile("requests", ".bin");
    try {
      if (workload.calls().getFirst().operation().startsWith("/")) {
        RequestFile.writePlain(file, endpoint(), workload.calls());
      } else {
        RequestFile.write(file, endpoint(), new Signer(credentials, region), workload.calls());
      }
      return Wrk.run(endpoints, file, connections, seconds, answerBytes);
    } finally {
      Files.delete(file);
    }
  }

  /// Looks into some answers, which must be right and of one length.
  private OptionalInt answerBytes(Workload workload) throws IOException, InterruptedException {
    Workload.Check check = workload.check();
    if (check == null) {
      return OptionalInt.empty();
    }
    Set<Integer> lengths = new TreeSet<>();
    try (WireClient wire = wire()) {
      for (Workload.Call call : workload.calls().subList(0, PROBES)) {
        WireClient.Answer answer = wire.call(call.operation(), call.body());
        require(answer);
        if (!check.right(call.body(), answer.body())) {
          throw new IllegalStateException(
              name + " answers " + call.body() + " wrong: " + answer.text());
        }
        lengths.add(answer.text().getBytes(StandardCharsets.UTF_8).length);
      }
    }
    if (lengths.size() != 1) {
      throw new IllegalStateException(name + " answers of several lengths: " + lengths);
    }
    return OptionalInt.of(lengths.iterator().next());
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

  static void require(WireClient.Answer answer) {
    if (!answer.ok()) {
      throw new IllegalStateException(answer.status() + " " + answer.text());
    }
  }
}
