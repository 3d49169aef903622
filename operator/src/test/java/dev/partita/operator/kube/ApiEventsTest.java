package dev.partita.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.testing.apiserver.ApiServer;
import dev.partita.testing.apiserver.ApiServers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Events on a real API server.
class ApiEventsTest {

  private final ApiServer server = ApiServers.shared();
  private final String namespace = server.newNamespace("events");
  private final ApiEvents events = new ApiEvents(server.client(), "operator-1", Clock.systemUTC());

  private ConfigMap about() {
    return server
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("orders")
                .endMetadata()
                .build())
        .create();
  }

  private List<Event> told() {
    return server.client().events().v1().events().inNamespace(namespace).list().getItems();
  }

  @Test
  void theSameEventIsCountedNotRepeated() {
    ConfigMap about = about();

    for (int i = 0; i < 3; i++) {
      events.normal(about, "Restarting", "Restart", "Restarting pod orders-1");
    }
    events.warning(about, "NodeLost", "Observe", "a node is lost");

    assertThat(told()).hasSize(2);
    Event counted =
        told().stream().filter(e -> e.getReason().equals("Restarting")).findFirst().orElseThrow();
    assertThat(counted.getSeries().getCount()).isEqualTo(3);
    assertThat(counted.getRegarding().getName()).isEqualTo("orders");
  }

  @Test
  void whatCannotBeToldStopsNobody() {
    ConfigMap about = about();
    about.getMetadata().setNamespace("there-is-no-such-namespace");

    events.normal(about, "Restarting", "Restart", "Restarting pod orders-1");

    assertThat(told()).isEmpty();
  }
}
