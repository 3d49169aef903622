package dev.partita.kube.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// etcd and Kubernetes' three servers, in the control plane's network.
final class ControlPlane {

  static final String ETCD = "etcd";
  static final String API_SERVER = "kube-apiserver";
  private static final String CONTROLLERS = "kube-controller-manager";
  private static final String SCHEDULER = "kube-scheduler";

  private final Layout layout;
  private final Path tools;
  private final Processes processes;

  ControlPlane(Layout layout, Path tools, Processes processes) {
    this.layout = layout;
    this.tools = tools;
    this.processes = processes;
  }

  void startEtcd() {
    processes.startInControlPlane(
        ETCD,
        List.of(
            "etcd",
            "--name=cluster",
            "--data-dir=" + layout.folder().resolve("etcd"),
            "--listen-client-urls=http://127.0.0.1:2379",
            "--advertise-client-urls=http://127.0.0.1:2379",
            "--listen-peer-urls=http://127.0.0.1:2380",
            "--initial-advertise-peer-urls=http://127.0.0.1:2380",
            "--initial-cluster=cluster=http://127.0.0.1:2380",
            // It does not outlive the machine anyway.
            "--unsafe-no-fsync"));
  }

  void startApiServer() {
    processes.startInControlPlane(API_SERVER, apiServer());
  }

  void stopApiServer() {
    processes.kill(API_SERVER);
  }

  /// To be called once the API server answers: they give up when it does not within 10 s.
  void startControllers() {
    processes.startInControlPlane(CONTROLLERS, controllers());
    processes.startInControlPlane(
        SCHEDULER,
        List.of(
            program(SCHEDULER),
            "--kubeconfig=" + layout.conf("kube-scheduler.kubeconfig"),
            "--authentication-kubeconfig=" + layout.conf("kube-scheduler.kubeconfig"),
            "--authorization-kubeconfig=" + layout.conf("kube-scheduler.kubeconfig"),
            "--leader-elect=false"));
  }

  private List<String> apiServer() {
    List<String> words = new ArrayList<>(List.of(program(API_SERVER)));
    words.addAll(
        List.of(
            "--etcd-servers=http://127.0.0.1:2379",
            "--advertise-address=" + Addresses.CONTROL_PLANE,
            "--secure-port=" + Addresses.API_PORT,
            "--service-cluster-ip-range=" + Addresses.SERVICES,
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            "--allow-privileged=true",
            "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
            "--kubelet-preferred-address-types=InternalIP",
            // A pod leaves a lost node after this long instead of 5 minutes: tests wait for it.
            "--default-unreachable-toleration-seconds=30",
            "--default-not-ready-toleration-seconds=30",
            "--requestheader-allowed-names=front-proxy",
            "--requestheader-username-headers=X-Remote-User",
            "--requestheader-group-headers=X-Remote-Group",
            "--requestheader-extra-headers-prefix=X-Remote-Extra-"));
    words.add("--client-ca-file=" + layout.pki("ca.crt"));
    words.add("--tls-cert-file=" + layout.pki("kube-apiserver.crt"));
    words.add("--tls-private-key-file=" + layout.pki("kube-apiserver.key"));
    words.add("--service-account-key-file=" + layout.pki("service-accounts.pub"));
    words.add("--service-account-signing-key-file=" + layout.pki("service-accounts.key"));
    words.add("--kubelet-client-certificate=" + layout.pki("kubelet-client.crt"));
    words.add("--kubelet-client-key=" + layout.pki("kubelet-client.key"));
    words.add("--kubelet-certificate-authority=" + layout.pki("ca.crt"));
    words.add("--requestheader-client-ca-file=" + layout.pki("front-proxy-ca.crt"));
    return words;
  }

  private List<String> controllers() {
    Path kubeconfig = layout.conf("kube-controller-manager.kubeconfig");
    return List.of(
        program(CONTROLLERS),
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--service-account-private-key-file=" + layout.pki("service-accounts.key"),
        "--root-ca-file=" + layout.pki("ca.crt"),
        "--use-service-account-credentials=true",
        "--leader-elect=false",
        "--allocate-node-cidrs=false",
        // A lost node is noticed after 20 s instead of 50: tests wait for it.
        "--node-monitor-grace-period=20s",
        "--node-monitor-period=2s");
  }

  private String program(String name) {
    return tools.resolve(name).toString();
  }
}
