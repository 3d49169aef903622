package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the storage pods shall have besides what the operator gives them.
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.labels) || self.labels.all(k, !k.startsWith('partita.dev/')"
            + " && !(k in ['app.kubernetes.io/name', 'app.kubernetes.io/instance',"
            + " 'app.kubernetes.io/component', 'app.kubernetes.io/managed-by']))",
    message =
        "podTemplate.labels cannot have partita.dev/ keys nor app.kubernetes.io/name, instance,"
            + " component or managed-by, because the operator and its Services find the pods by"
            + " them.",
    fieldPath = ".labels")
@ValidationRule(
    value = "!has(self.annotations) || self.annotations.all(k, !k.startsWith('partita.dev/'))",
    message =
        "podTemplate.annotations cannot have partita.dev/ keys, because they are the operator's own.",
    fieldPath = ".annotations")
public record PodTemplate(
    @Size(max = 32) @JsonPropertyDescription("More labels of the pods.") Map<String, String> labels,
    @Size(max = 32) @JsonPropertyDescription("More annotations of the pods.")
        Map<String, String> annotations,
    @Size(max = 32) @JsonPropertyDescription("Labels that a node must have to take a pod.")
        Map<String, String> nodeSelector,
    @Size(max = 32) @JsonPropertyDescription("Taints of nodes that the pods put up with.")
        List<Toleration> tolerations,
    @Size(min = 1, max = Names.MAX_DNS) @JsonPropertyDescription("Name of a PriorityClass.")
        @Nullable String priorityClassName) {

  public PodTemplate {
    labels = Lists.of(labels);
    annotations = Lists.of(annotations);
    nodeSelector = Lists.of(nodeSelector);
    tolerations = Lists.of(tolerations);
  }
}
