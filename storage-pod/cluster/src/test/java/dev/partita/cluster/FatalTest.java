package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FatalTest {

  @Test
  void theProcessIsToldOnce() throws InterruptedException {
    BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    Fatal fatal = new Fatal(told::add);
    IllegalStateException first = new IllegalStateException("first");
    fatal.accept(first);
    fatal.accept(new IllegalStateException("second"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isSameAs(first);
    assertThat(told).isEmpty();
  }

  @Test
  void aPodThatClosesHasNothingToTell() {
    Collection<Thread> before = fatalThreads();
    Fatal fatal =
        new Fatal(
            _ -> {
              throw new IllegalStateException("told");
            });
    fatal.close();
    fatal.accept(new IllegalStateException("the catalog is closed"));
    assertThat(fatalThreads()).isSubsetOf(before);
  }

  private static Collection<Thread> fatalThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("partita-fatal"))
        .toList();
  }
}
