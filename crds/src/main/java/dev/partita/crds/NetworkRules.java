package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may reach the pods.
///
/// @param enabled absent = true
/// @param from who may reach the client port; empty for everybody
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.from) || size(self.from) == 0 || !has(self.enabled) || self.enabled",
    message =
        "networkPolicy.from has no effect while networkPolicy.enabled is false, so one of the two"
            + " must go.",
    fieldPath = ".from")
public record NetworkRules(
    @JsonPropertyDescription("Absent means true.") @Nullable Boolean enabled,
    @Size(max = 64)
        @JsonPropertyDescription("Who may reach the client port. Absent or empty means everybody.")
        List<NetworkPolicyPeer> from) {

  public NetworkRules {
    from = Lists.of(from);
  }
}
