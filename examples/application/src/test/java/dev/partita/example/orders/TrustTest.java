package dev.partita.example.orders;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrustTest {

  @Test
  void textThatIsNoCertificateIsSaidToBeNone() {
    assertThatThrownBy(() -> Trust.in("-----BEGIN CERTIFICATE-----\nnonsense\n"))
        .hasMessage("PARTITA_CA has no certificate that can be read");
  }
}
