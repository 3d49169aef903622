package dev.partita.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.StorageCluster;
import dev.partita.crds.StorageClusterSpec;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The certificates of a StorageCluster on a real API server.
class ClusterCertificatesTest {

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void certificatesAreMadeAnewWhenThatIsAskedFor() {
    site.running();
    String internal = site.serial("orders-internal-tls");
    String client = site.serial("orders-tls");
    String operator = site.serial("orders-operator");

    site.annotate(Names.ROTATE_CERTIFICATES, "1");

    Site.await(
        "new certificates",
        () ->
            !site.serial("orders-internal-tls").equals(internal)
                && !site.serial("orders-tls").equals(client)
                && !site.serial("orders-operator").equals(operator));
    assertThat(site.serial("orders-ca")).isNotEmpty();
    Site.await("a story", () -> site.events().contains("CertificateRenewed"));
  }

  @Test
  void anAuthorityIsExchangedInStepsThatWaitForThePods() {
    site.running();
    String old = site.serial("orders-ca");
    String leaf = site.serial("orders-internal-tls");

    site.annotate(Names.ROTATE_AUTHORITY, "1");
    Site.await("the successor is announced", () -> bundle().size() == 2);
    assertThat(site.serial("orders-ca")).isEqualTo(old);
    Site.await("leaves for the new bundle", () -> !site.serial("orders-internal-tls").equals(leaf));
    site.restartOperator();
    assertThat(site.serial("orders-ca")).isEqualTo(old);

    awaitFollowing("the successor signs", () -> !site.serial("orders-ca").equals(old));
    awaitFollowing("the old one is gone", () -> bundle().size() == 1);
    awaitFollowing("it is over", () -> site.condition("Progressing").equals("False Settled"));
  }

  /// Waits with pods that use whatever is in the Secrets.
  private void awaitFollowing(String what, BooleanSupplier so) {
    Site.await(
        what,
        () -> {
          site.reports.say(
              new Reports()
                  .serials(site.serial("orders-tls"), site.serial("orders-internal-tls"))
                  .answers());
          site.reports.tell(new ResourceID(Site.NAME, site.namespace));
          return so.getAsBoolean();
        });
  }

  private List<?> bundle() {
    try {
      Secret secret =
          site.client
              .secrets()
              .inNamespace(site.namespace)
              .withName("orders-internal-tls")
              .require();
      return Pem.certificates(String.valueOf(ClusterSecret.texts(secret).get("ca.crt")));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSecretOfSomebodyElseIsNotTakenOver() {
    Secret theirs =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(site.namespace)
            .withName("orders-tls")
            .endMetadata()
            .withType("kubernetes.io/tls")
            .addToStringData("tls.crt", "theirs")
            .addToStringData("tls.key", "theirs")
            .build();
    Secret created = site.client.resource(theirs).create();
    site.start();

    site.create(StorageClusterSpec.EMPTY);

    site.awaitCondition("CertificatesReady", "False ObjectNotOurs");
    Secret there =
        site.client.secrets().inNamespace(site.namespace).withName("orders-tls").require();
    assertThat(there.getMetadata().getResourceVersion())
        .isEqualTo(created.getMetadata().getResourceVersion());
    assertThat(site.statefulSet()).isNull();

    site.client.resource(there).delete();
    site.awaitCondition("CertificatesReady", "True Issued");
    Site.await("a StatefulSet", () -> site.statefulSet() != null);
  }

  @Test
  void theSecretsOfAClusterOfALongerNameAreItsOwn() {
    site.running();
    String internal = site.serial("orders-internal-tls");
    StorageCluster other = new StorageCluster();
    other.getMetadata().setNamespace(site.namespace);
    // Whose client certificate is where the internal one of `orders` is.
    other.getMetadata().setName("orders-internal");
    site.client.resource(other).create();

    Site.await(
        "it says so",
        () ->
            Site.condition(
                    site.client
                        .resources(StorageCluster.class)
                        .inNamespace(site.namespace)
                        .withName("orders-internal")
                        .require(),
                    "CertificatesReady")
                .equals("False ObjectNotOurs"));
    assertThat(site.serial("orders-internal-tls")).isEqualTo(internal);
  }

  @Test
  void aDeletedSecretIsMadeAgainAndAnAuthorityIsKept() {
    site.running();
    String authority = site.serial("orders-ca");
    site.client.secrets().inNamespace(site.namespace).withName("orders-tls").delete();

    Site.await(
        "the Secret again",
        () ->
            site.client.secrets().inNamespace(site.namespace).withName("orders-tls").get() != null);
    assertThat(site.serial("orders-ca")).isEqualTo(authority);
  }

  @Test
  void aCertificateThatSomebodyElseBringsIsWaitedForAndChecked() {
    site.start();
    site.create(Site.spec("endpoint: {tls: {mode: UserManaged, secretName: mine}}"));
    site.awaitCondition("CertificatesReady", "False SecretMissing");

    site.client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(site.namespace)
                .withName("mine")
                .endMetadata()
                .addToStringData("tls.crt", "x")
                .build())
        .create();
    site.annotate("partita.dev/look-again", "1");

    site.awaitCondition("CertificatesReady", "False SecretIncomplete");
    assertThat(site.client.secrets().inNamespace(site.namespace).withName("orders-tls").get())
        .isNull();
  }

  @Test
  void withoutCertManagerThatIsSaid() {
    site.start();
    site.create(Site.spec("endpoint: {tls: {mode: CertManager, issuerRef: {name: internal}}}"));

    site.awaitCondition("CertificatesReady", "False CertManagerMissing");
  }
}
