package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator says about credentials; never a secret.
///
/// @param rotationToken the last one that was acted on
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccessKeyStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("The Secret that is written.") @Nullable String secretName,
    @JsonPropertyDescription("The access key id that the Secret has.")
        @Nullable String currentKeyId,
    @JsonPropertyDescription("Every key that the pods accept.") List<Key> keys,
    @JsonPropertyDescription("The rotationToken that was acted on last.")
        @Nullable String rotationToken,
    @JsonPropertyDescription("Ready: every pod knows the current key.")
        List<Condition> conditions) {

  public AccessKeyStatus {
    keys = Lists.of(keys);
    conditions = Lists.of(conditions);
  }

  /// One key pair that the pods accept.
  ///
  /// @param state `Active` or `Retiring`
  /// @param createdAt RFC 3339
  /// @param expiresAt RFC 3339; null while it is active
  @JsonInclude(Include.NON_EMPTY)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Key(
      @Required @JsonPropertyDescription("Of the key.") String accessKeyId,
      @JsonPropertyDescription("Active or Retiring.") @Nullable String state,
      @JsonPropertyDescription("RFC 3339.") @Nullable String createdAt,
      @JsonPropertyDescription("RFC 3339; absent while the key is active.")
          @Nullable String expiresAt) {}
}
