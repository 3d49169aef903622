package dev.partita.e2e.witness;

import dev.partita.e2e.check.HistoryLines;
import dev.partita.e2e.check.Operation;
import dev.partita.e2e.check.Operation.Call;
import dev.partita.e2e.registers.RegisterClient;
import dev.partita.e2e.registers.RegisterClient.InVain;
import dev.partita.e2e.registers.Registers;
import dev.partita.e2e.wire.WireClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Plays with registers until a given time, reads each of them once more, and prints its history, a
/// line for each operation. Witnesses of one machine play with the same registers.
@Command(name = "registers", description = "Plays with registers and prints what it saw.")
final class RegistersCommand implements Callable<Integer> {

  /// Values of one witness, so many that no run writes more.
  private static final long VALUES = 1_000_000_000L;

  /// Numbers of the clients of one witness.
  private static final int CLIENT_NUMBERS = 10_000;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// Between two calls of a client, in milliseconds: the load is there to be judged, not to be
  /// high.
  private static final long PACE_MILLIS = 15;

  /// After a call without an answer, in milliseconds.
  private static final long PAUSE_MILLIS = 50;

  private static final Duration LAST_READ_LIMIT = Duration.ofSeconds(90);

  @Option(names = "--endpoint", required = true, description = "One pod's or the Service's URL")
  URI endpoint = URI.create("http://localhost:8000");

  @Option(names = "--last", description = "Where registers are read at the end; absent: the same")
  @Nullable URI last;

  @Option(names = "--table", required = true)
  String table = "";

  @Option(names = "--witness", required = true, description = "This witness's number, from 1")
  int witness = 1;

  @Option(names = "--clients", defaultValue = "4")
  int clients = 4;

  @Option(names = "--until", required = true, description = "Seconds since 1970")
  long until = 0;

  private Registers registers = new Registers(1);
  private final AtomicBoolean atWork = new AtomicBoolean();

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    registers = new Registers(witness * VALUES);
    InVain inVain = new InVain(0, 0, 0);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<InVain>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int number = witness * CLIENT_NUMBERS + c;
        running.add(pool.submit(() -> play(number)));
      }
      for (Future<InVain> client : running) {
        inVain = inVain.plus(client.get());
      }
    }
    readAllOnce();
    print(inVain);
    return 0;
  }

  private WireClient wire(URI endpoint) {
    return new WireClient(
        endpoint, Surroundings.credentials(), Surroundings.region(), TIMEOUT, Surroundings.tls());
  }

  private InVain play(int number) throws InterruptedException {
    Random random = new Random(number);
    try (WireClient wire = wire(endpoint)) {
      RegisterClient client = new RegisterClient(number, wire, table);
      while (Instant.now().getEpochSecond() < until) {
        Registers.Play play = registers.next(random);
        Operation operation = client.play(play.register(), play.call());
        if (operation != null) {
          Surroundings.sayAtWork(atWork);
          registers.record(play.register(), operation);
        }
        Thread.sleep(operation == null || operation.answer() == null ? PAUSE_MILLIS : PACE_MILLIS);
      }
      return client.inVain();
    }
  }

  private void readAllOnce() throws InterruptedException {
    long deadline = System.nanoTime() + LAST_READ_LIMIT.toNanos();
    try (WireClient wire = wire(last == null ? endpoint : last)) {
      RegisterClient client = new RegisterClient((witness + 1) * CLIENT_NUMBERS - 1, wire, table);
      for (String name : registers.histories().keySet()) {
        Operation read = client.play(name, new Call.Read());
        while (read == null) {
          if (System.nanoTime() > deadline) {
            throw new IllegalStateException("no answer to a read of " + name + " at the end");
          }
          Thread.sleep(PAUSE_MILLIS);
          read = client.play(name, new Call.Read());
        }
        registers.record(name, read);
      }
    }
  }

  private void print(InVain inVain) {
    int operations = 0;
    for (Map.Entry<String, List<Operation>> history : registers.histories().entrySet()) {
      for (Operation operation : history.getValue()) {
        System.out.println(HistoryLines.write(history.getKey(), operation));
        operations++;
      }
    }
    System.out.printf(
        "done: %d operations; in vain: %d not sent, %d refused, %d unanswered%n",
        operations, inVain.notSent(), inVain.refused(), inVain.unanswered());
  }
}
