package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/// Where a storage pod's data lies.
///
/// @param storageClassName absent = the Kubernetes cluster's default class
/// @param size absent = [#DEFAULT_SIZE]
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.size) || (isQuantity(string(self.size))"
            + " && quantity(string(self.size)).compareTo(quantity('"
            + Storage.MIN_SIZE
            + "')) >= 0)",
    message =
        "storage.size must be a quantity like 20Gi and at least "
            + Storage.MIN_SIZE
            + ", because the log alone needs that.",
    fieldPath = ".size")
public record Storage(
    @Size(min = 1, max = Names.MAX_DNS)
        @JsonPropertyDescription("Absent means the Kubernetes cluster's default class.")
        @Nullable String storageClassName,
    @JsonPropertyDescription("Of each pod's volume. Absent means " + Storage.DEFAULT_SIZE + ".")
        @Nullable Quantity size) {

  public static final String DEFAULT_SIZE = "20Gi";

  static final String MIN_SIZE = "1Gi";
}
