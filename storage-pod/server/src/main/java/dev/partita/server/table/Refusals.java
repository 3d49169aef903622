package dev.partita.server.table;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.TableTexts;
import dev.partita.server.json.Structure;
import java.util.List;

/// Refuses members of features that this release does not have. A request that asks for an index or
/// a stream must not succeed without one: applications would find out much later. Forms that switch
/// a feature off are fine.
final class Refusals {

  private static final String GLOBAL_INDEXES = "GlobalSecondaryIndexes";

  private static final List<String> UPDATE_LISTS =
      List.of(
          "GlobalSecondaryIndexUpdates",
          "VectorIndexUpdates",
          "ReplicaUpdates",
          "GlobalTableWitnessUpdates");

  private Refusals() {}

  static void checkCreate(Structure request) {
    List<Structure> indexes = request.structures(GLOBAL_INDEXES);
    if (indexes != null && indexes.isEmpty()) {
      // An error of its own (dynalite).
      throw ApiException.validation(TableTexts.emptyList(GLOBAL_INDEXES));
    }
    refuseIf(indexes != null, GLOBAL_INDEXES);
    refuseIf(holdsAny(request, "VectorIndexes"), "VectorIndexes");
    for (String member :
        List.of("ResourcePolicy", "GlobalTableSourceArn", "GlobalTableSettingsReplicationMode")) {
      refuseIf(request.has(member), member);
    }
    checkStreamAndEncryption(request);
  }

  static void checkUpdate(Structure request) {
    for (String member : UPDATE_LISTS) {
      refuseIf(holdsAny(request, member), member);
    }
    for (String member : List.of("MultiRegionConsistency", "GlobalTableSettingsReplicationMode")) {
      refuseIf(request.has(member), member);
    }
    checkStreamAndEncryption(request);
  }

  private static void checkStreamAndEncryption(Structure request) {
    Structure stream = request.structure("StreamSpecification");
    if (stream != null) {
      refuseIf(stream.flag("StreamEnabled", false), "StreamSpecification");
      if (stream.has("StreamViewType")) {
        throw ApiException.validation(TableTexts.STREAM_VIEW_WITHOUT_STREAM);
      }
    }
    Structure encryption = request.structure("SSESpecification");
    if (encryption != null) {
      boolean asked =
          encryption.flag("Enabled", false)
              || encryption.has("SSEType")
              || encryption.has("KMSMasterKeyId");
      refuseIf(asked, "SSESpecification");
    }
  }

  private static boolean holdsAny(Structure request, String member) {
    List<Structure> elements = request.structures(member);
    return elements != null && !elements.isEmpty();
  }

  private static void refuseIf(boolean asked, String member) {
    if (asked) {
      throw ApiException.validation(TableTexts.notSupported(member));
    }
  }
}
