package dev.partita.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.kube.Zone;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigsTest {

  @Test
  void theSettingsAreYamlWithWhatThisKindOfMachineNeeds() {
    Map<String, Object> kubelet = yaml(Configs.kubelet());
    assertThat(kubelet)
        .containsEntry("failCgroupV1", false)
        .containsEntry("cgroupDriver", "cgroupfs")
        .containsEntry("clusterDNS", List.of("198.19.0.10"))
        .containsEntry(
            "evictionHard",
            Map.of(
                "memory.available", "50Mi",
                "nodefs.available", "1%",
                "nodefs.inodesFree", "1%",
                "imagefs.available", "1%"));
    assertThat(yaml(Configs.kubeProxy())).containsEntry("mode", "nftables");
    assertThat(yaml(Configs.cni("198.18.17.0/24"))).containsEntry("cniVersion", "1.0.0");
  }

  @Test
  void containerdIsToldInTheWordsOfItsVersion() {
    assertThat(Configs.containerd(1, true, "/cni"))
        .contains(
            "version = 2", "sandbox_image", "restrict_oom_score_adj = true", "bin_dir = \"/cni\"");
    assertThat(Configs.containerd(2, false, "/cni"))
        .contains(
            "version = 3", "sandbox = ", "restrict_oom_score_adj = false", "bin_dirs = [\"/cni\"]");
  }

  @Test
  void aKubeconfigIsUnderstoodByTheClientThatTestsUse() {
    Pki pki = new Pki("ca");
    Pki.Issued user = pki.administrator("me", "system:masters");
    Config config =
        Config.fromKubeconfig(
            Configs.kubeconfig("c", "https://127.0.0.1:16443", pki.certificate(), user));
    assertThat(config.getMasterUrl()).startsWith("https://127.0.0.1:16443");
    assertThat(config.getClientKeyData()).isNotEmpty();
    assertThat(config.getCaCertData()).isNotEmpty();
  }

  @Test
  void theScriptsHaveTheSameAddressesAsTheRest() throws IOException {
    String network = script("network.sh");
    String node = script("node-init.sh");
    for (Zone zone : Zone.values()) {
      String host = Addresses.node(zone).substring("198.18.0.".length());
      String pods = Addresses.pods(zone).replaceAll("198\\.18\\.(\\d+)\\.0/24", "$1");
      assertThat(network).contains(zone.letter() + ":" + host + ":" + pods);
      assertThat(node).contains(zone.letter() + ") echo " + host);
    }
    assertThat(script("base.yaml")).contains("clusterIP: " + Addresses.DNS_SERVICE);
  }

  private static String script(String name) throws IOException {
    try (InputStream in = Configs.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> yaml(String text) {
    return Serialization.unmarshal(text, Map.class);
  }
}
