package dev.partita.operator.cluster.certificates;

import dev.partita.operator.Parts;
import dev.partita.operator.cluster.Observation;
import dev.partita.operator.cluster.Trouble;
import dev.partita.operator.cluster.objects.ClusterSecret;
import dev.partita.operator.cluster.objects.Names;
import dev.partita.operator.cluster.objects.Wanted;
import dev.partita.operator.tls.Authority;
import dev.partita.operator.tls.KeyedCertificate;
import dev.partita.operator.tls.Pem;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes the Secrets of a cluster what they should be: its authorities, the certificates that they
/// sign, and the operator's own access key.
public final class CertificateKeeper {

  private static final String ACTION = "Certificates";

  /// On `NAME-ca`: the exchange that goes on was asked for.
  private static final String HURRIED = "partita.dev/exchange-asked-for";

  private final Parts parts;

  public CertificateKeeper(Parts parts) {
    this.parts = parts;
  }

  /// What was kept.
  ///
  /// @param secrets all of the cluster by name, as they are now
  /// @param settled whether no exchange goes on
  public record Kept(Map<String, Secret> secrets, boolean settled, Optional<Trouble> trouble) {}

  public Kept keep(Observation seen) {
    Map<String, Secret> secrets = new TreeMap<>(seen.secrets());
    Authorities authorities;
    try {
      authorities = authorities(seen, secrets);
    } catch (GeneralSecurityException e) {
      // A new authority would shut out everybody who trusts the old one: a human decides that.
      return new Kept(
          secrets,
          true,
          Optional.of(
              new Trouble(
                  "AuthorityBroken",
                  "the Secret "
                      + seen.wanted().names().caSecret()
                      + " makes no sense: "
                      + e.getMessage()
                      + "; put it back, or delete it to have a new authority made")));
    }
    for (Leaf leaf : Leaves.of(seen.wanted())) {
      leaf(seen, leaf, authorities, secrets);
    }
    accessKeys(seen.wanted(), secrets);
    return new Kept(secrets, authorities.steady(), Optional.empty());
  }

  private Authorities authorities(Observation seen, Map<String, Secret> secrets)
      throws GeneralSecurityException {
    Wanted wanted = seen.wanted();
    String name = wanted.names().caSecret();
    Secret there = secrets.get(name);
    String token = wanted.annotations().getOrDefault(Names.ROTATE_AUTHORITY, "");
    if (there == null) {
      Authorities fresh =
          new Authorities(Authority.create(wanted.names().cluster(), seen.now()), null, null);
      // Not applied but created: two operators must not each believe in an authority of its own.
      Secret created = parts.client().resource(secret(wanted, name, fresh, token, false)).create();
      secrets.put(name, created);
      parts
          .events()
          .normal(
              seen.cluster(), "AuthorityCreated", ACTION, "Made an authority in Secret " + name);
      return fresh;
    }
    Authorities now = Authorities.read(ClusterSecret.texts(there));
    boolean hurried = "true".equals(annotation(there, HURRIED));
    boolean asked = !token.isEmpty() && !token.equals(annotation(there, Leaf.ROTATED_FOR));
    AuthorityStep step = AuthorityStep.of(now, Everywhere.holds(seen), asked, hurried, seen.now());
    return switch (step) {
      case KEEP -> now;
      case ANNOUNCE -> {
        Authority successor = Authority.create(wanted.names().cluster(), seen.now());
        yield write(
            seen,
            secrets,
            there,
            now.announce(successor),
            asked,
            "AuthorityAnnounced",
            "Made the authority's successor; all pods get to trust both");
      }
      case SWITCH ->
          write(
              seen,
              secrets,
              there,
              now.switchOver(),
              hurried,
              "AuthoritySwitched",
              "The authority's successor signs from now on");
      case RETIRE ->
          write(
              seen,
              secrets,
              there,
              now.retire(),
              false,
              "AuthorityRetired",
              "The old authority is no longer trusted");
    };
  }

  private Authorities write(
      Observation seen,
      Map<String, Secret> secrets,
      Secret there,
      Authorities next,
      boolean hurried,
      String reason,
      String note) {
    String token = seen.wanted().annotations().getOrDefault(Names.ROTATE_AUTHORITY, "");
    String name = there.getMetadata().getName();
    Secret desired = secret(seen.wanted(), name, next, token, hurried);
    // Refused if somebody else was faster.
    desired.getMetadata().setResourceVersion(there.getMetadata().getResourceVersion());
    secrets.put(name, parts.apply().apply(there, desired).object());
    parts.events().normal(seen.cluster(), reason, ACTION, note);
    return next;
  }

  private static Secret secret(
      Wanted wanted, String name, Authorities authorities, String token, boolean hurried) {
    Map<String, String> annotations = new TreeMap<>();
    if (!token.isEmpty()) {
      annotations.put(Leaf.ROTATED_FOR, token);
    }
    if (hurried) {
      annotations.put(HURRIED, "true");
    }
    return ClusterSecret.of(wanted, name, authorities.write(), annotations);
  }

  private void leaf(
      Observation seen, Leaf leaf, Authorities authorities, Map<String, Secret> secrets) {
    Wanted wanted = seen.wanted();
    Secret there = secrets.get(leaf.secret());
    Map<String, String> texts = there == null ? Map.of() : ClusterSecret.texts(there);
    String token = wanted.annotations().getOrDefault(Names.ROTATE_CERTIFICATES, "");
    String rotatedFor = there == null ? "" : annotation(there, Leaf.ROTATED_FOR);
    Optional<String> reason = leaf.reissue(texts, rotatedFor, token, authorities, seen.now());
    Map<String, String> data = new HashMap<>();
    if (reason.isPresent()) {
      KeyedCertificate fresh = authorities.current().issue(leaf.request(), seen.now());
      data.put("tls.crt", Pem.of(fresh.certificate()));
      data.put("tls.key", Pem.of(fresh.key()));
      data.put("ca.crt", authorities.bundle());
      rotatedFor = token.isEmpty() ? rotatedFor : token;
    } else {
      for (String key : new String[] {"tls.crt", "tls.key", "ca.crt"}) {
        data.put(key, texts.getOrDefault(key, ""));
      }
    }
    if (leaf.secret().equals(wanted.names().operatorSecret())) {
      data.putAll(OperatorKey.of(texts).data());
    }
    Map<String, String> annotations =
        rotatedFor.isEmpty() ? Map.of() : Map.of(Leaf.ROTATED_FOR, rotatedFor);
    Secret desired = ClusterSecret.of(wanted, leaf.secret(), data, annotations);
    secrets.put(leaf.secret(), parts.apply().apply(there, desired).object());
    if (reason.isPresent() && there != null) {
      parts
          .events()
          .normal(
              seen.cluster(),
              "CertificateRenewed",
              ACTION,
              "Made a new certificate in Secret " + leaf.secret() + ": " + reason.get());
    }
  }

  /// Only the operator's own entry: others are applied by others.
  private void accessKeys(Wanted wanted, Map<String, Secret> secrets) {
    Secret operator = secrets.get(wanted.names().operatorSecret());
    if (operator == null) {
      return;
    }
    OperatorKey key = OperatorKey.of(ClusterSecret.texts(operator));
    String name = wanted.names().accessKeysSecret();
    Secret desired =
        ClusterSecret.of(wanted, name, Map.of(Names.OPERATOR_KEY, key.credentialsFile()), Map.of());
    secrets.put(name, parts.apply().apply(secrets.get(name), desired).object());
  }

  private static String annotation(Secret secret, String name) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }
}
