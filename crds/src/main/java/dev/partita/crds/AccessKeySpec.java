package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/// What a user says about credentials; everything may be absent.
///
/// @param clusterRef absent = the namespace's default cluster
/// @param secretName absent = `<metadata.name>-credentials`
/// @param rotateAfter like `720h`; absent = never
/// @param overlap how long the old key stays valid after a rotation; absent = `24h`
/// @param rotationToken any text; a change rotates now
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccessKeySpec(
    @Nullable ClusterRef clusterRef,
    @Nullable String secretName,
    @Nullable String rotateAfter,
    @Nullable String overlap,
    @Nullable String rotationToken) {

  /// Nothing said.
  public static final AccessKeySpec EMPTY = new AccessKeySpec(null, null, null, null, null);
}
