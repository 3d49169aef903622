package dev.partita.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatorProcessTest {

  @Test
  void aRunningOperatorSaysSoBeforeItHasDoneAnything() {
    assertThat(OperatorProcess.meters().scrape())
        .describedAs("the alert PartitaOperatorDown looks for it")
        .contains("partita_operator_running 1.0");
  }
}
