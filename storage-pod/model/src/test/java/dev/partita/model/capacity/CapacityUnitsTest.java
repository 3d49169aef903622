package dev.partita.model.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityUnitsTest {

  @ParameterizedTest
  @CsvSource({
    "0,true,1",
    "0,false,0.5",
    "1,true,1",
    "4096,true,1",
    "4097,true,2",
    "4097,false,1",
    "409600,true,100",
    "409600,false,50",
  })
  void aReadCostsOneUnitForEveryFourKilobytes(long bytes, boolean consistent, double units) {
    assertThat(CapacityUnits.read(bytes, consistent)).isEqualTo(units);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,1",
    "0,1,1",
    "0,1024,1",
    "0,1025,2",
    "5000,10,5",
    "10,5000,5",
    "409600,0,400",
  })
  void aWriteCostsOneUnitForEveryKilobyteOfTheLargerImage(long before, long after, double units) {
    assertThat(CapacityUnits.write(before, after)).isEqualTo(units);
  }
}
