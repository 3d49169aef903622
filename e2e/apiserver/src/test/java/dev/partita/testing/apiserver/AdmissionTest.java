package dev.partita.testing.apiserver;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a real API server takes and refuses, rule by rule.
class AdmissionTest {

  static List<RuleCase> cases() throws IOException {
    return RuleCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTakenAndRefused(RuleCase rule) {
    ApiServer server = ApiServers.shared();
    KubernetesClient client = server.client();
    String namespace = server.newNamespace("rules");
    RuleCase.Manifest before = rule.before();
    if (before != null) {
      client.resource(rule.resource(before, namespace, "example")).create();
    }

    KubernetesClientException refused =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                write(client, rule.resource(rule.refuses(), namespace, "example"), before != null));

    assertThat(refused).as("refused manifest").isNotNull();
    assertThat(causes(refused)).anySatisfy(cause -> matches(rule, cause));
    write(client, rule.resource(rule.accepts(), namespace, "example"), before != null);
  }

  private static void write(
      KubernetesClient client, GenericKubernetesResource resource, boolean exists) {
    if (exists) {
      client.resource(resource).update();
    } else {
      client.resource(resource).create();
    }
  }

  private static List<StatusCause> causes(KubernetesClientException refused) {
    return requireNonNull(requireNonNull(refused.getStatus(), refused.getMessage()).getDetails())
        .getCauses();
  }

  private static void matches(RuleCase rule, StatusCause cause) {
    assertThat(cause.getMessage()).endsWith(rule.says());
    if (rule.at() != null) {
      assertThat(cause.getField()).isEqualTo(rule.at());
    }
  }

  @Test
  void everyRuleHasACase() throws IOException {
    Set<String> said = RuleCase.all().stream().map(RuleCase::says).collect(Collectors.toSet());
    Set<String> rules = new TreeSet<>();
    for (String name : ApiServer.DEFINITIONS) {
      CustomResourceDefinition definition =
          Serialization.unmarshal(ApiServer.definition(name), CustomResourceDefinition.class);
      collect(
          definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema(), rules);
    }

    assertThat(rules).isNotEmpty().isSubsetOf(said);
    assertThat(rules).allMatch(message -> message.endsWith("."), "is a sentence");
  }

  private static void collect(JSONSchemaProps schema, Set<String> messages) {
    schema.getXKubernetesValidations().stream()
        .map(ValidationRule::getMessage)
        .forEach(messages::add);
    schema.getProperties().values().forEach(property -> collect(property, messages));
    if (schema.getItems() != null) {
      collect(schema.getItems().getSchema(), messages);
    }
  }
}
