package dev.partita.cluster.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.Await;
import dev.partita.engine.ItemStore;
import dev.partita.engine.ItemStoreOptions;
import dev.partita.replication.Position;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogMachineTest {
  private static final long LONG_MILLIS = 60_000;

  @TempDir Path directory;
  private ItemStore store;
  private CatalogMachine machine;

  @BeforeEach
  void open() {
    store = ItemStore.open(directory, ItemStoreOptions.defaults());
    machine =
        new CatalogMachine(
            store,
            new CatalogMachine.Listener() {
              @Override
              public void changed(CatalogState state) {}

              @Override
              public void leading(boolean leads) {}
            });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whoWaitsForAnIndexThatNeverComesIsForgotten() throws Exception {
    CompletableFuture<Boolean> patient = machine.applied(7, LONG_MILLIS);
    CompletableFuture<Boolean> impatient = machine.applied(7, 1);
    CompletableFuture<Boolean> alone = machine.applied(8, 1);

    assertThat(impatient.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(alone.get(10, TimeUnit.SECONDS)).isFalse();
    Await.await("only one waits", () -> machine.waiting() == 1);
    assertThat(patient).isNotDone();
  }

  @Test
  void whoWaitsIsToldWhenTheIndexIsReachedOrPassed() {
    CompletableFuture<Boolean> two = machine.applied(2, LONG_MILLIS);
    CompletableFuture<Boolean> four = machine.applied(4, LONG_MILLIS);

    machine.skip(new Position(3, 1));

    assertThat(two).isCompletedWithValue(true);
    assertThat(four).isNotDone();
    assertThat(machine.applied(3, LONG_MILLIS)).isCompletedWithValue(true);
    assertThat(machine.waiting()).isEqualTo(1);
  }
}
