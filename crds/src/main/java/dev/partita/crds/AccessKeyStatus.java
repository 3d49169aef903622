package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
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
    @Nullable Long observedGeneration,
    @Nullable String secretName,
    @Nullable String currentKeyId,
    List<Key> keys,
    @Nullable String rotationToken,
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
      @Required String accessKeyId,
      @Nullable String state,
      @Nullable String createdAt,
      @Nullable String expiresAt) {}
}
