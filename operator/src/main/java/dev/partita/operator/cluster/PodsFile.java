package dev.partita.operator.cluster;

import dev.partita.operator.cluster.objects.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file that names all pods of a cluster with their zones, one `NAME/ZONE@HOST:PORT` a line.
public sealed interface PodsFile {

  record Complete(String text) implements PodsFile {}

  /// @param pods whose zones are not known yet
  record Waiting(List<String> pods) implements PodsFile {}

  /// Builds it. A pod that has no node this moment keeps the zone that the file has for it.
  ///
  /// @param zones by pod name, of the pods that have a node
  /// @param before the file as it is; null if there is none
  static PodsFile of(Names names, int pods, Map<String, String> zones, @Nullable String before) {
    Map<String, String> known = before == null ? new HashMap<>() : zones(before);
    known.putAll(zones);
    List<String> waiting = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String pod : names.pods(pods)) {
      String zone = known.get(pod);
      if (zone == null) {
        waiting.add(pod);
      } else {
        text.append(pod)
            .append('/')
            .append(zone)
            .append('@')
            .append(names.podHost(pod))
            .append(':')
            .append(Names.PEER_PORT)
            .append('\n');
      }
    }
    return waiting.isEmpty() ? new Complete(text.toString()) : new Waiting(waiting);
  }

  /// The zones of a file by pod name.
  static Map<String, String> zones(String file) {
    Map<String, String> zones = new HashMap<>();
    file.lines()
        .forEach(
            line -> {
              int slash = line.indexOf('/');
              int at = line.indexOf('@');
              if (slash > 0 && at > slash) {
                zones.put(line.substring(0, slash), line.substring(slash + 1, at));
              }
            });
    return zones;
  }
}
