package dev.partita.server.admin;

import dev.partita.cluster.ClusterReport;
import dev.partita.cluster.ClusterReport.CatalogView;
import dev.partita.cluster.ClusterReport.FollowerView;
import dev.partita.cluster.ClusterReport.PartitionView;
import dev.partita.cluster.ClusterReport.ReplicaView;
import dev.partita.model.table.PartitionDescriptor;
import dev.partita.partition.ReplicaChecksum;
import dev.partita.server.json.JsonBuffer;
import java.util.HexFormat;
import java.util.List;

/// The cluster's report as JSON: names of members are those of the records, row keys are
/// hexadecimal.
final class ReportJson {

  private ReportJson() {}

  static byte[] write(ClusterReport report) {
    JsonBuffer json = new JsonBuffer();
    json.startObject().name("pod").string(report.pod());
    if (report.catalogLeader() != null) {
      json.name("catalogLeader").string(report.catalogLeader());
    }
    json.name("catalogApplied").number(report.catalogApplied());
    CatalogView catalog = report.catalog();
    if (catalog != null) {
      json.name("catalog")
          .startObject()
          .name("role")
          .string(catalog.role())
          .name("term")
          .number(catalog.term())
          .name("applied")
          .number(catalog.applied());
      followers(catalog.role(), catalog.followers(), json);
      json.endObject();
    }
    json.name("pods").startArray();
    for (ClusterReport.PodReport pod : report.pods()) {
      json.startObject()
          .name("name")
          .string(pod.name())
          .name("zone")
          .string(pod.zone())
          .name("reachable")
          .bool(pod.reachable())
          .endObject();
    }
    json.endArray().name("partitions").startArray();
    for (PartitionView partition : report.partitions()) {
      partition(partition, json);
    }
    return json.endArray().endObject().toByteArray();
  }

  /// The sum is hexadecimal: JSON's numbers would lose some of its bits.
  static byte[] write(ReplicaChecksum checksum) {
    return new JsonBuffer()
        .startObject()
        .name("index")
        .number(checksum.position().index())
        .name("epoch")
        .number(checksum.position().epoch())
        .name("rows")
        .number(checksum.rows())
        .name("sum")
        .string(HexFormat.of().toHexDigits(checksum.sum()))
        .endObject()
        .toByteArray();
  }

  private static void partition(PartitionView view, JsonBuffer json) {
    PartitionDescriptor descriptor = view.descriptor();
    json.startObject()
        .name("table")
        .string(view.table())
        .name("id")
        .number(descriptor.id())
        .name("from")
        .string(HexFormat.of().formatHex(descriptor.range().from().unsafeArray()))
        .name("to")
        .string(HexFormat.of().formatHex(descriptor.range().to().unsafeArray()))
        .name("version")
        .number(descriptor.version())
        .name("configVersion")
        .number(descriptor.configVersion())
        .name("peers")
        .startArray();
    for (PartitionDescriptor.Peer peer : descriptor.peers()) {
      json.startObject()
          .name("pod")
          .string(peer.pod())
          .name("replicaId")
          .number(peer.replicaId())
          .endObject();
    }
    json.endArray();
    if (view.leader() != null) {
      json.name("leader").string(view.leader());
    }
    ReplicaView here = view.here();
    if (here != null) {
      json.name("here")
          .startObject()
          .name("role")
          .string(here.role())
          .name("term")
          .number(here.term())
          .name("applied")
          .number(here.applied())
          .name("items")
          .number(here.items())
          .name("bytes")
          .number(here.bytes());
      followers(here.role(), here.followers(), json);
      json.endObject();
    }
    json.endObject();
  }

  private static void followers(String role, List<FollowerView> followers, JsonBuffer json) {
    if (!role.equals("LEADER")) {
      return;
    }
    json.name("followers").startArray();
    for (FollowerView follower : followers) {
      json.startObject()
          .name("pod")
          .string(follower.pod())
          .name("behind")
          .number(follower.behind())
          .name("caughtUp")
          .bool(follower.caughtUp())
          .endObject();
    }
    json.endArray();
  }
}
