package dev.partita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.ReadOutcome;
import dev.partita.model.command.ReturnValues;
import dev.partita.model.command.WriteCommand;
import dev.partita.model.command.WriteOutcome;
import dev.partita.model.item.ItemCodec;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableRecord;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.DynamoNumber;
import dev.partita.model.value.ItemSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Items of a running pod expire by the clock on the wall.
class ExpiringTableTest {
  private static final int ITEMS = 1_000;

  @TempDir Path directory;

  @Test
  void itemsOfBeforeAndNewOnesExpireOnceTheTableSaysSoAndNoOthers() throws Exception {
    List<PodAddress> alone =
        List.of(new PodAddress("pod-0", "zone-a", "127.0.0.1", FreePorts.next()));
    Pod pod =
        Pod.start(
            new PodConfig(
                "test",
                "pod-0",
                directory.resolve("pod-0"),
                "127.0.0.1",
                alone,
                PodLimits.DEFAULT));
    try {
      TableRecord table = pod.awaitReady().createActive(Items.table("sessions", 4));
      long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
      List<WriteCommand> commands = new ArrayList<>();
      for (int i = 0; i < ITEMS; i++) {
        commands.add(put(table, "past" + i, now - 1 - i));
      }
      commands.add(put(table, "future", now + 3_600));
      assertThat(write(pod, table, commands))
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.Written.class));

      TableDefinition before = table.definition();
      TableDefinition expiring = before.withTtlAttribute("ttl");
      assertThat(pod.node.updateTable("sessions", expiring, before).get(20, TimeUnit.SECONDS))
          .isInstanceOf(TableOutcome.Done.class);
      Await.await("items of before are gone", () -> pod.node.size(table).items() == 1);
      assertThat(pod.node.read(table, Items.key("future"), true).get(20, TimeUnit.SECONDS))
          .isInstanceOf(ReadOutcome.Found.class);
      Await.await(
          "they are counted",
          () -> pod.registry.get("partita_expired_items").counter().count() == ITEMS);

      write(pod, table, List.of(put(table, "new", now - 5)));
      Await.await("the new item is gone", () -> pod.node.size(table).items() == 1);

      assertThat(pod.node.updateTable("sessions", before, expiring).get(20, TimeUnit.SECONDS))
          .isInstanceOf(TableOutcome.Done.class);
      assertThat(pod.faults).isEmpty();
    } finally {
      pod.close();
    }
  }

  private static List<WriteOutcome> write(Pod pod, TableRecord table, List<WriteCommand> commands)
      throws Exception {
    return pod.node.writeAll(table, commands).get(20, TimeUnit.SECONDS);
  }

  private static WriteCommand put(TableRecord table, String id, long seconds) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("id", new AttributeValue.S(id));
    item.put("ttl", new AttributeValue.N(DynamoNumber.of(seconds)));
    return new WriteCommand.Put(
        table.id(),
        Items.key(id),
        ItemCodec.encode(item),
        ItemSize.ofAttributes(item),
        null,
        ReturnValues.NONE,
        false);
  }
}
