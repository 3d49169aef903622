package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/// Of a storage pod's container.
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(!has(self.requests) || self.requests.all(k, k in ['cpu', 'memory',"
            + " 'ephemeral-storage'])) && (!has(self.limits) || self.limits.all(k, k in ['cpu',"
            + " 'memory', 'ephemeral-storage']))",
    message =
        "resources takes cpu, memory and ephemeral-storage, because a storage pod uses nothing"
            + " else.")
@ValidationRule(
    value =
        "(!has(self.requests) || self.requests.all(k, isQuantity(string(self.requests[k]))))"
            + " && (!has(self.limits) || self.limits.all(k, isQuantity(string(self.limits[k]))))",
    message = "every value in resources must be a quantity like 500m or 2Gi.")
@ValidationRule(
    value = "has(self.limits) && 'memory' in self.limits",
    message =
        "resources.limits.memory is needed when resources is given, because heap and caches are"
            + " sized from it.")
@ValidationRule(
    value =
        "!has(self.limits) || !('memory' in self.limits)"
            + " || !isQuantity(string(self.limits['memory']))"
            + " || quantity(string(self.limits['memory'])).compareTo(quantity('"
            + Resources.MIN_MEMORY
            + "')) >= 0",
    message =
        "resources.limits.memory must be at least "
            + Resources.MIN_MEMORY
            + ", because a storage pod does not start with less.")
@ValidationRule(
    value =
        "!has(self.requests) || !has(self.limits) || self.requests.all(k, !(k in self.limits)"
            + " || !isQuantity(string(self.requests[k])) || !isQuantity(string(self.limits[k]))"
            + " || quantity(string(self.requests[k])).compareTo(quantity(string(self.limits[k])))"
            + " <= 0)",
    message =
        "no request in resources may be above its limit, because Kubernetes would refuse the pods.")
public record Resources(
    @Size(max = 3) @JsonPropertyDescription("What is set aside for each pod.")
        Map<String, Quantity> requests,
    @Size(max = 3) @JsonPropertyDescription("What no pod may exceed; memory is needed.")
        Map<String, Quantity> limits) {

  static final String MIN_MEMORY = "512Mi";

  public Resources {
    requests = Lists.of(requests);
    limits = Lists.of(limits);
  }
}
