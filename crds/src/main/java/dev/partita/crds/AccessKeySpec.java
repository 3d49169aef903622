package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What a user says about credentials; everything may be absent.
///
/// @param clusterRef absent = the namespace's default cluster
/// @param secretName absent = `<metadata.name>-credentials`
/// @param rotateAfter like `720h`; absent = never
/// @param overlap how long the old key stays valid after a rotation; absent = [#DEFAULT_OVERLAP]
/// @param rotationToken any text; a change rotates now
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = ClusterRef.UNCHANGED,
    message =
        "clusterRef cannot change, because a key is known to one cluster only; absent means the"
            + " cluster named "
            + Partita.DEFAULT_CLUSTER
            + ".")
@ValidationRule(
    value = "!has(self.secretName) || self.secretName.matches('" + Names.DNS + "')",
    message = "secretName must be a DNS name in lower case, because names of Secrets are.",
    fieldPath = ".secretName")
@ValidationRule(
    value =
        "!has(self.rotateAfter) || (self.rotateAfter.matches('"
            + AccessKeySpec.DURATION
            + "') && duration(self.rotateAfter) >= duration('1m'))",
    message =
        "rotateAfter must be a duration of hours, minutes and seconds like 720h or 1h30m, and at"
            + " least 1m, because every pod must learn each new key.",
    fieldPath = ".rotateAfter")
@ValidationRule(
    value = "!has(self.overlap) || self.overlap.matches('" + AccessKeySpec.DURATION + "')",
    message = "overlap must be a duration of hours, minutes and seconds like 24h or 1h30m.",
    fieldPath = ".overlap")
@ValidationRule(
    value =
        "!has(self.rotateAfter) || !self.rotateAfter.matches('"
            + AccessKeySpec.DURATION
            + "') || (has(self.overlap) && !self.overlap.matches('"
            + AccessKeySpec.DURATION
            + "')) || duration(has(self.overlap) ? self.overlap : '"
            + AccessKeySpec.DEFAULT_OVERLAP
            + "') < duration(self.rotateAfter)",
    message =
        "overlap, which is "
            + AccessKeySpec.DEFAULT_OVERLAP
            + " when absent, must be shorter than rotateAfter, because more than two keys would be"
            + " valid at once otherwise.")
public record AccessKeySpec(
    @JsonPropertyDescription(
            "The StorageCluster that the key is for. Cannot change. Absent means the one named "
                + Partita.DEFAULT_CLUSTER
                + " in this namespace.")
        @Nullable ClusterRef clusterRef,
    @Size(min = 1, max = Names.MAX_DNS)
        @JsonPropertyDescription(
            "The Secret that is written. Cannot change. Absent means metadata.name with "
                + AccessKey.SECRET_SUFFIX
                + " behind it.")
        @Nullable String secretName,
    @Size(min = 2, max = 20)
        @JsonPropertyDescription("Age at which a key is replaced, like 720h. Absent means never.")
        @Nullable String rotateAfter,
    @Size(min = 2, max = 20)
        @JsonPropertyDescription(
            "How long the old key stays valid after it was replaced. Absent means "
                + AccessKeySpec.DEFAULT_OVERLAP
                + ".")
        @Nullable String overlap,
    @Size(max = 256) @JsonPropertyDescription("Any text. When it changes the key is replaced now.")
        @Nullable String rotationToken) {

  public static final String DEFAULT_OVERLAP = "24h";

  static final String DURATION = "^([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?$";

  /// Nothing said.
  public static final AccessKeySpec EMPTY = new AccessKeySpec(null, null, null, null, null);
}
