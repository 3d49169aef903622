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
import org.jspecify.annotations.Nullable;

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
  /// @param settled whether no exchange goes on but one that waits for its date
  public record Kept(Map<String, Secret> secrets, boolean settled, Optional<Trouble> trouble) {}

  public Kept keep(Observation seen) {
    Names names = seen.wanted().names();
    Map<String, Secret> secrets = new TreeMap<>(seen.secrets());
    Optional<Trouble> trouble = foreign(seen, names.caSecret(), secrets);
    if (trouble.isPresent()) {
      return new Kept(secrets, true, trouble);
    }
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
                      + names.caSecret()
                      + " makes no sense: "
                      + e.getMessage()
                      + "; put it back, or delete it to have a new authority made")));
    }
    for (Leaf leaf : Leaves.of(seen.wanted())) {
      Optional<Trouble> foreign = foreign(seen, leaf.secret(), secrets);
      if (foreign.isEmpty()) {
        leaf(seen, leaf, authorities, secrets);
      }
      trouble = trouble.or(() -> foreign);
    }
    Optional<Trouble> foreign = foreign(seen, names.accessKeysSecret(), secrets);
    if (foreign.isEmpty()) {
      accessKeys(seen.wanted(), secrets);
    }
    boolean hurried = hurried(secrets.get(names.caSecret()));
    return new Kept(
        secrets,
        AuthorityStep.settled(authorities, hurried, seen.now()),
        trouble.or(() -> foreign));
  }

  /// Why a Secret is left alone. One without the cluster's labels was not listed, and is looked for
  /// by its name.
  private Optional<Trouble> foreign(Observation seen, String name, Map<String, Secret> secrets) {
    Secret there = secrets.get(name);
    if (there == null) {
      String namespace = seen.wanted().names().namespace();
      there = parts.client().secrets().inNamespace(namespace).withName(name).get();
    }
    if (there == null) {
      return Optional.empty();
    }
    if (!seen.owns(there)) {
      secrets.remove(name);
      return Optional.of(Trouble.notOurs(there));
    }
    secrets.put(name, there);
    return Optional.empty();
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
    boolean hurried = hurried(there);
    String answered = annotation(there, Leaf.ROTATED_FOR);
    boolean asked = !token.isEmpty() && !token.equals(answered);
    AuthorityStep step =
        AuthorityStep.of(now, Everywhere.holds(seen, now), asked, hurried, seen.now());
    // What is asked for while an exchange is at its end is not answered by it: its token stays new.
    return switch (step) {
      case KEEP -> now;
      case ANNOUNCE -> {
        Authority successor = Authority.create(wanted.names().cluster(), seen.now());
        Authorities next = now.announce(successor);
        Secret desired = secret(wanted, name, next, asked ? token : answered, asked);
        String note = "Made the authority's successor; all pods get to trust both";
        write(seen, secrets, there, desired, "AuthorityAnnounced", note);
        yield next;
      }
      case HURRY -> {
        String note = "The authority's successor was asked for, and no longer waits for its date";
        Secret desired = secret(wanted, name, now, token, true);
        write(seen, secrets, there, desired, "AuthorityHurried", note);
        yield now;
      }
      case SWITCH -> {
        Secret desired = secret(wanted, name, now.switchOver(), answered, hurried);
        String note = "The authority's successor signs from now on";
        write(seen, secrets, there, desired, "AuthoritySwitched", note);
        yield now.switchOver();
      }
      case RETIRE -> {
        Secret desired = secret(wanted, name, now.retire(), answered, false);
        String note = "The old authority is no longer trusted";
        write(seen, secrets, there, desired, "AuthorityRetired", note);
        yield now.retire();
      }
    };
  }

  private void write(
      Observation seen,
      Map<String, Secret> secrets,
      Secret there,
      Secret desired,
      String reason,
      String note) {
    // Refused if somebody else was faster.
    desired.getMetadata().setResourceVersion(there.getMetadata().getResourceVersion());
    secrets.put(there.getMetadata().getName(), parts.apply().apply(there, desired).object());
    parts.events().normal(seen.cluster(), reason, ACTION, note);
  }

  private static boolean hurried(@Nullable Secret authority) {
    return authority != null && "true".equals(annotation(authority, HURRIED));
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
