package dev.partita.server.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cluster.PodAddress;
import dev.partita.cluster.PodConfig;
import dev.partita.cluster.PodLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodsFileTest {

  private static final String ALL =
      """
      # written by somebody

      orders-0/zone-a@orders-0.orders-pods.shop.svc:7400
      orders-1/zone-b@orders-1.orders-pods.shop.svc:7400   # the second
        orders-2/zone-c@orders-2.orders-pods.shop.svc:7400
      """;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private CompletableFuture<PodConfig> await(Path path) {
    PodsFile file =
        new PodsFile(
            path,
            "orders-1",
            pods ->
                new PodConfig(
                    "shop/orders", "orders-1", folder, "0.0.0.0", pods, PodLimits.DEFAULT));
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return file.await();
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        },
        threads);
  }

  private static PodConfig soon(CompletableFuture<PodConfig> config) throws Exception {
    return config.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aListIsReadWithCommentsAndBlankLines() throws Exception {
    PodConfig config = soon(await(Files.writeString(folder.resolve("pods"), ALL)));
    assertThat(config.clusterName()).isEqualTo("shop/orders");
    assertThat(config.pods())
        .containsExactly(
            new PodAddress("orders-0", "zone-a", "orders-0.orders-pods.shop.svc", 7400),
            new PodAddress("orders-1", "zone-b", "orders-1.orders-pods.shop.svc", 7400),
            new PodAddress("orders-2", "zone-c", "orders-2.orders-pods.shop.svc", 7400));
  }

  @Test
  void aFileMayComeLateBeBrokenForAWhileAndNameThisPodLast() throws Exception {
    Path path = folder.resolve("pods");
    CompletableFuture<PodConfig> config = await(path);
    for (String unfinished :
        List.of("orders-0/zone-a@orders-0.x:7400\n", "orders-1/zone-b@\n", "nonsense")) {
      Files.writeString(path, unfinished);
      assertThat(config.copy().completeOnTimeout(null, 700, TimeUnit.MILLISECONDS).join()).isNull();
    }
    Files.writeString(path, ALL);
    assertThat(soon(config).pods()).hasSize(3);
  }

  @Test
  void aListThatMakesNoClusterIsAnError() throws IOException {
    Path path = Files.writeString(folder.resolve("pods"), "orders-1/z@h:7400\norders-1/z@h:7400\n");
    assertThatThrownBy(() -> soon(await(path))).hasRootCauseMessage("pod orders-1 is listed twice");
  }
}
