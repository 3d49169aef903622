package dev.partita.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the environment says.
class SettingsTest {

  @Test
  void readsEverything() {
    assertThat(
            Settings.of(
                Map.of(
                    "PARTITA_STORAGE_IMAGE", "storage:1",
                    "PARTITA_WATCH_NAMESPACES", " a, b,",
                    "PARTITA_LEADER_ELECTION", "true",
                    "POD_NAMESPACE", "partita-system",
                    "HOSTNAME", "partita-operator-x")))
        .isEqualTo(
            new Settings(
                "storage:1", Set.of("a", "b"), true, "partita-system", "partita-operator-x", 8080));
  }

  @Test
  void withoutAnImageThereIsNoGuess() {
    assertThat(
            Settings.of(Map.of("POD_NAMESPACE", "x", "PARTITA_STORAGE_IMAGE", " ")).storageImage())
        .isNull();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> Settings.of(Map.of("PARTITA_LEADER_ELECTION", "maybe")))
        .hasMessage("PARTITA_LEADER_ELECTION is true or false, not 'maybe'");
    assertThatThrownBy(() -> Settings.of(Map.of()))
        .hasMessageStartingWith("POD_NAMESPACE is needed");
  }
}
