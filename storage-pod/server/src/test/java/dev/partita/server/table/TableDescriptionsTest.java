package dev.partita.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cluster.TableSize;
import dev.partita.model.table.TableDefinition;
import dev.partita.model.table.TableDefinition.AttributeDefinition;
import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.KeyType;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TableDescriptionsTest {

  @Test
  void decreasesAreThoseOfThisDayInUtc() {
    TableRecord table = decreased(3, Instant.parse("2026-11-22T22:15:00Z"));
    assertThat(described(table, "2026-11-22T23:59:59.999Z"))
        .contains("\"NumberOfDecreasesToday\":3");
    assertThat(described(table, "2026-11-23T00:00:00Z"))
        .contains("\"LastDecreaseDateTime\":1795385700")
        .contains("\"NumberOfDecreasesToday\":0");
  }

  private static TableRecord decreased(int times, Instant last) {
    TableDefinition definition =
        new TableDefinition(
            "orders",
            List.of(new AttributeDefinition("pk", KeyType.S)),
            "pk",
            null,
            BillingMode.PROVISIONED,
            5,
            6,
            null,
            null,
            null,
            false,
            Map.of());
    return new TableRecord(
        1,
        new UUID(0, 1),
        definition,
        TableStatus.ACTIVE,
        0,
        null,
        last.toEpochMilli(),
        times,
        null,
        List.of());
  }

  private static String described(TableRecord table, String now) {
    RequestContext context =
        new RequestContext(
            "REQUEST",
            "arn:aws:iam::000000000000:root",
            "DescribeTable",
            "localhost",
            "local-1",
            "000000000000",
            InstantSource.fixed(Instant.parse(now)),
            AnswerMemory.UNCOUNTED);
    return new String(
        TableDescriptions.write("Table", context, table, TableSize.EMPTY), StandardCharsets.UTF_8);
  }
}
