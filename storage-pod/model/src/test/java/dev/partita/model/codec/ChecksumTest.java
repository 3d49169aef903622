package dev.partita.model.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChecksumTest {

  private static long sum(String... parts) {
    Checksum checksum = new Checksum();
    for (String part : parts) {
      checksum.add(part.getBytes(UTF_8));
    }
    return checksum.value();
  }

  @Test
  void theSameStringsGiveTheSameSum() {
    assertThat(sum("key", "value")).isEqualTo(sum("key", "value"));
  }

  @Test
  void whateverDiffersShowsInTheSum() {
    Set<Long> sums = new HashSet<>();
    sums.add(sum());
    sums.add(sum(""));
    sums.add(sum("key", "value"));
    sums.add(sum("key", "valuf"));
    sums.add(sum("keyv", "alue"));
    sums.add(sum("keyvalue"));
    sums.add(sum("value", "key"));
    sums.add(sum("key", "value", ""));
    assertThat(sums).hasSize(8);
  }

  // The value that the reference implementation of XXH3 (64 bits, seed 0) gives for no input.
  @Test
  void theSumIsXxh3() {
    assertThat(sum()).isEqualTo(0x2D06800538D394C2L);
  }
}
