package dev.partita.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What happens to data when its object is deleted. Absent means [#RETAIN].
public enum DeletionPolicy {
  @JsonProperty("Retain")
  RETAIN,
  @JsonProperty("Delete")
  DELETE
}
