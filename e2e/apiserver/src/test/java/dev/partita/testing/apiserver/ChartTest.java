package dev.partita.testing.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The charts as Helm renders and installs them.
class ChartTest {

  private static final Path CHARTS = Path.of("../../charts");
  private static final String CHART = CHARTS.resolve("partita").toString();
  private static final String DEFINITIONS = CHARTS.resolve("partita-crds").toString();
  private static final Path PLAIN = CHARTS.resolve("rendered/partita.yaml");
  private static final Path EVERYTHING = Path.of("src/test/resources/charts/everything.yaml");
  private static final Path EVERY_VALUE = Path.of("src/test/resources/charts/values.yaml");
  private static final String NAMESPACE = "partita-system";

  private static final String UPDATE =
      "mvn -pl e2e/apiserver -am test -Dtest=ChartTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dpartita.update=true";

  private static final String HEAD =
      """
      # All of Partita but Helm: kubectl apply --server-side -f charts/rendered/partita.yaml
      #
      # Made from charts/partita. To change it change that, and run
      #   %s
      apiVersion: v1
      kind: Namespace
      metadata:
        name: %s
        labels:
          pod-security.kubernetes.io/enforce: restricted
      """
          .formatted(UPDATE, NAMESPACE);

  @TempDir Path home;
  private Helm helm;

  @BeforeEach
  void find() {
    helm = Helm.in(home);
  }

  @Test
  void theChartsPassTheLinter() throws Exception {
    helm.ok("lint", "--strict", CHART, DEFINITIONS);
    helm.ok("lint", "--strict", CHART, "--values", EVERY_VALUE.toString());
  }

  @Test
  void thePlainYamlIsWhatTheChartRenders() throws Exception {
    // Hooks are Helm's: kubectl would run at once what belongs behind an uninstall.
    golden(PLAIN, HEAD + helm.ok(rendering("--no-hooks")));
  }

  @Test
  void everySwitchRendersAsItDid() throws Exception {
    golden(EVERYTHING, helm.ok(rendering("--values", EVERY_VALUE.toString())));
  }

  @Test
  void aValueThatDoesNotExistIsRefused() throws Exception {
    Helm.Result result = helm.run(rendering("--set", "replica=3"));

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.errors()).contains("replica");
  }

  @Test
  void theDefinitionsCanBeLeftOut() throws Exception {
    assertThat(helm.ok(rendering("--set", "crds.enabled=false")))
        .contains("kind: Deployment")
        .doesNotContain("kind: CustomResourceDefinition");
  }

  @Test
  void anApiServerTakesThePlainYamlAndASecondTimeNothingDiffers() throws Exception {
    Kubectl kubectl = ApiServers.shared().kubectl();
    String plain = Files.readString(PLAIN);
    for (int i = 0; i < 2; i++) {
      assertSuccess(kubectl.run(plain, "apply", "--server-side", "--force-conflicts", "-f", "-"));
    }

    assertSuccess(kubectl.run(plain, "diff", "--server-side", "--force-conflicts", "-f", "-"));
    assertThat(canI(kubectl, "list", "secrets")).isEqualTo("yes");
    assertThat(canI(kubectl, "delete", "pods")).isEqualTo("yes");
    assertThat(canI(kubectl, "create", "pods", "--subresource=eviction")).isEqualTo("yes");
    assertThat(canI(kubectl, "create", "pods")).isEqualTo("no");
    assertThat(canI(kubectl, "delete", "storageclusters.partita.dev")).isEqualTo("no");
    assertThat(canI(kubectl, "create", "rolebindings.rbac.authorization.k8s.io")).isEqualTo("no");
  }

  private static String canI(Kubectl kubectl, String verb, String resource, String... more)
      throws IOException, InterruptedException {
    return kubectl
        .run(
            "",
            with(
                more,
                "auth",
                "can-i",
                verb,
                resource,
                "--as=system:serviceaccount:" + NAMESPACE + ":partita-operator",
                "-n",
                "default"))
        .output()
        .strip();
  }

  @Test
  void aReleaseIsInstalledUpgradedAndUninstalledAndTheDefinitionsStay() throws Exception {
    ApiServer server = ApiServers.shared();
    String namespace = server.newNamespace("release");
    String[] values = {
      "--namespace",
      namespace,
      "--take-ownership",
      "--force-conflicts",
      "--set",
      "rbac.create=false"
    };

    String notes =
        Helm.succeeded(helm.run(server.kubeconfig(), with(values, "install", "partita", CHART)));
    Helm.succeeded(helm.run(server.kubeconfig(), with(values, "upgrade", "partita", CHART)));
    String left =
        Helm.succeeded(
            // No kubelet runs here, so no hook would ever come to its end.
            helm.run(
                server.kubeconfig(),
                "uninstall",
                "partita",
                "--no-hooks",
                "--namespace",
                namespace));

    assertThat(notes).contains("partita-credentials");
    assertThat(left).contains("dynamotables.partita.dev");
    assertThat(
            server
                .client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("dynamotables.partita.dev")
                .get())
        .isNotNull();
    assertThat(server.client().apps().deployments().inNamespace(namespace).list().getItems())
        .isEmpty();
  }

  private static String[] with(String[] more, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  private static String[] rendering(String... more) {
    return with(
        more, "template", "partita", CHART, "--namespace", NAMESPACE, "--kube-version", "1.36.0");
  }

  private static void golden(Path file, String rendered) throws IOException {
    if (Boolean.getBoolean("partita.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, rendered);
    }

    assertThat(Files.readString(file))
        .as(file + "; to bring it up to date run: " + UPDATE)
        .isEqualTo(rendered);
  }

  private static void assertSuccess(Kubectl.Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
