package dev.partita.kube.agent;

import dev.partita.kube.Zone;
import dev.partita.kube.tools.StateFolder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Makes volumes for the claims that want one, and removes those that nobody wants any more. What
/// fails is tried again at the next look.
final class Provisioner {

  /// Where every node has its volumes, in its own view.
  static final Path IN_NODE = Path.of("/var/lib/volumes");

  private static final Logger LOG = Logger.getLogger(Provisioner.class.getName());

  private final KubernetesClient client;
  private final Path nodes;

  /// @param nodes the folder with a folder for each node, by zone
  Provisioner(KubernetesClient client, Path nodes) {
    this.client = client;
    this.nodes = nodes;
  }

  void look(List<PersistentVolumeClaim> claims, List<PersistentVolume> volumes) {
    claims.stream().filter(Volumes::isWanted).forEach(this::provide);
    volumes.stream().filter(Volumes::isDone).forEach(this::remove);
  }

  private void provide(PersistentVolumeClaim claim) {
    String name = Volumes.name(claim);
    try {
      Files.createDirectories(folder(Volumes.node(claim), name));
      client
          .persistentVolumes()
          .resource(Volumes.volume(claim, IN_NODE.resolve(name).toString()))
          .create();
      LOG.info(() -> "made " + name + " for " + claim.getMetadata().getName());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.log(Level.WARNING, "cannot make " + name, e);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot make a folder for " + name, e);
    }
  }

  private void remove(PersistentVolume volume) {
    String name = volume.getMetadata().getName();
    try {
      for (Zone zone : Zone.values()) {
        Path folder = folder(zone.node(), name);
        if (Files.exists(folder)) {
          StateFolder.delete(folder);
        }
      }
      client.persistentVolumes().withName(name).delete();
      LOG.info(() -> "removed " + name);
    } catch (KubernetesClientException | IOException e) {
      LOG.log(Level.WARNING, "cannot remove " + name, e);
    }
  }

  private Path folder(String node, String volume) {
    for (Zone zone : Zone.values()) {
      if (zone.node().equals(node)) {
        return nodes.resolve(zone.letter()).resolve("volumes").resolve(volume);
      }
    }
    throw new UncheckedIOException(new IOException("there is no node " + node));
  }
}
