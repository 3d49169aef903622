package dev.partita.kube.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceNamesTest {

  private static final String STORE = "store.shop.svc.cluster.local";

  @Test
  void aServiceHasItsOwnAddressWhateverItsPodsAre() {
    ServiceNames names = ServiceNames.of(List.of(service("198.19.0.20")), List.of(slice(true)));
    assertThat(names.addresses()).containsOnlyKeys(STORE);
    assertThat(names.addresses().get(STORE)).containsExactly("198.19.0.20");
    assertThat(names.ports().get("_http._tcp." + STORE))
        .containsExactly(new ServiceNames.Target(STORE, 80));
  }

  @Test
  void aHeadlessServiceHasThoseOfItsReadyPodsAndANameForEach() {
    ServiceNames names = ServiceNames.of(List.of(service("None")), List.of(slice(true)));
    assertThat(names.addresses().get(STORE)).containsExactly("198.18.17.2", "198.18.18.2");
    assertThat(names.addresses().get("store-0." + STORE)).containsExactly("198.18.17.2");
    // A pod without a host name is called after its address.
    assertThat(names.addresses().get("198-18-18-2." + STORE)).containsExactly("198.18.18.2");
    assertThat(names.ports().get("_http._tcp." + STORE))
        .contains(new ServiceNames.Target("store-0." + STORE, 8080));
  }

  @Test
  void aPodThatIsNotReadyHasNoName() {
    ServiceNames names = ServiceNames.of(List.of(service("None")), List.of(slice(false)));
    assertThat(names.addresses().get(STORE)).containsExactly("198.18.18.2");
    assertThat(names.addresses()).doesNotContainKey("store-0." + STORE);
  }

  @Test
  void aServiceWithoutPodsExistsAndHasNoAddress() {
    EndpointSlice empty = new EndpointSliceBuilder(slice(true)).build();
    // As the API server writes them.
    empty.setEndpoints(null);
    empty.setPorts(null);
    ServiceNames names = ServiceNames.of(List.of(service("None")), List.of(empty));
    assertThat(names.addresses().get(STORE)).isEmpty();
  }

  @Test
  void slicesOfOtherServicesAreNotMixedIn() {
    EndpointSlice other =
        new EndpointSliceBuilder(slice(true))
            .editMetadata()
            .withNamespace("other")
            .endMetadata()
            .build();
    ServiceNames names = ServiceNames.of(List.of(service("None")), List.of(other));
    assertThat(names.addresses().get(STORE)).isEmpty();
  }

  private static Service service(String clusterIp) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("store")
        .withNamespace("shop")
        .endMetadata()
        .withNewSpec()
        .withClusterIP(clusterIp)
        .addNewPort()
        .withName("http")
        .withProtocol("TCP")
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private static EndpointSlice slice(boolean firstIsReady) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName("store-abc")
        .withNamespace("shop")
        .addToLabels("kubernetes.io/service-name", "store")
        .endMetadata()
        .withAddressType("IPv4")
        .addNewPort()
        .withName("http")
        .withProtocol("TCP")
        .withPort(8080)
        .endPort()
        .addNewEndpoint()
        .withAddresses("198.18.17.2")
        .withHostname("store-0")
        .withNewConditions()
        .withReady(firstIsReady)
        .endConditions()
        .endEndpoint()
        .addNewEndpoint()
        .withAddresses("198.18.18.2")
        .endEndpoint()
        .build();
  }
}
