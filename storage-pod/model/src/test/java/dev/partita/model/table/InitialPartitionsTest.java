package dev.partita.model.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.Throughput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialPartitionsTest {

  @ParameterizedTest
  @CsvSource({
    "0,0,1",
    "1,1,1",
    "3000,1000,1",
    "3001,1000,2",
    "3000,1001,2",
    "12000,4000,4",
    "100,9999,10",
    "40000,40000,40",
    "9223372036854775807,1,128",
  })
  void provisionedCapacityDividesByWhatOnePartitionServes(long read, long write, int partitions) {
    assertThat(InitialPartitions.of(table(read, write, null))).isEqualTo(partitions);
  }

  @Test
  void warmThroughputAsksToo() {
    assertThat(InitialPartitions.of(table(0, 0, new Throughput(12_000, 4_000)))).isEqualTo(4);
    assertThat(InitialPartitions.of(table(9_000, 1, new Throughput(1, 1_001)))).isEqualTo(3);
    assertThat(InitialPartitions.of(table(0, 0, new Throughput(-1, -1)))).isEqualTo(1);
  }

  private static TableDefinition table(long read, long write, @Nullable Throughput warm) {
    return new TableDefinition(
        "t01",
        List.of(),
        "k",
        null,
        BillingMode.PROVISIONED,
        read,
        write,
        null,
        warm,
        null,
        false,
        Map.of());
  }
}
