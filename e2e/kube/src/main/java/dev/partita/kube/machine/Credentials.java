package dev.partita.kube.machine;

import dev.partita.kube.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Who is who in a new cluster: all certificates, and a kubeconfig for each who needs one. Nothing
/// of it outlives the cluster.
final class Credentials {

  private static final String ADMINISTRATORS = "system:masters";

  private final Layout layout;
  private final Pki pki = new Pki("partita-kube");

  Credentials(Layout layout) {
    this.layout = layout;
  }

  void write() {
    Path folder = layout.folder().resolve("pki");
    Pki.write(layout.pki("ca.crt"), pki.certificate());
    Pki.write(layout.pki("front-proxy-ca.crt"), new Pki("front-proxy").certificate());
    Pki.writeKeys(folder, "service-accounts");
    pki.server(
            "kube-apiserver",
            List.of(
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                "localhost",
                "127.0.0.1",
                Addresses.CONTROL_PLANE,
                Addresses.API_SERVICE))
        .write(folder, "kube-apiserver");
    pki.client("kube-apiserver-kubelet-client", ADMINISTRATORS).write(folder, "kubelet-client");
    for (String user : List.of("kube-controller-manager", "kube-scheduler", "kube-proxy")) {
      Pki.write(layout.conf(user + ".kubeconfig"), inside(pki.client("system:" + user, "")));
    }
    for (Zone zone : Zone.values()) {
      Path node = layout.node(zone);
      pki.server(zone.node(), List.of(zone.node(), Addresses.node(zone)))
          .write(node, "kubelet-server");
      Pki.Issued kubelet = pki.client("system:node:" + zone.node(), "system:nodes");
      Pki.write(node.resolve("kubelet.kubeconfig"), inside(kubelet));
    }
  }

  /// Writes the administrator's kubeconfig, for use outside the cluster's network.
  ///
  /// @param port on 127.0.0.1 that leads to the API server
  void writeAdministrator(int port) {
    Pki.Issued administrator = pki.administrator("administrator", ADMINISTRATORS);
    String text =
        Configs.kubeconfig(
            layout.prefix(), "https://127.0.0.1:" + port, pki.certificate(), administrator);
    Path unfinished = layout.folder().resolve("kubeconfig.unfinished");
    Pki.write(unfinished, text);
    try {
      Files.move(unfinished, layout.kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String inside(Pki.Issued user) {
    return Configs.kubeconfig(layout.prefix(), Addresses.API, pki.certificate(), user);
  }
}
