package dev.partita.kube.machine;

/// What the cluster's programs read at their start. Inside a node the cluster's folder is
/// `/run/cluster` and the node's own `/run/node`.
final class Configs {

  /// The sandbox's image, which is never fetched.
  static final String PAUSE_IMAGE = "localhost/partita/pause:1";

  private Configs() {}

  /// A kubeconfig with everything in it.
  static String kubeconfig(String cluster, String server, String ca, Pki.Issued user) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
          - name: %1$s
            cluster:
              server: %2$s
              certificate-authority-data: %3$s
        users:
          - name: %1$s
            user:
              client-certificate-data: %4$s
              client-key-data: %5$s
        contexts:
          - name: %1$s
            context:
              cluster: %1$s
              user: %1$s
              namespace: default
        current-context: %1$s
        """
        .formatted(cluster, server, base64(ca), base64(user.certificate()), base64(user.key()));
  }

  static String kubelet() {
    return """
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        authentication:
          anonymous: {enabled: false}
          webhook: {enabled: true}
          x509: {clientCAFile: /run/cluster/pki/ca.crt}
        authorization: {mode: Webhook}
        tlsCertFile: /run/node/kubelet-server.crt
        tlsPrivateKeyFile: /run/node/kubelet-server.key
        containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
        volumePluginDir: /var/lib/kubelet/plugins
        clusterDNS: [%s]
        clusterDomain: cluster.local
        resolvConf: /run/cluster/conf/resolv.conf
        cgroupDriver: cgroupfs
        # Since 1.35 a kubelet refuses cgroup v1 unless told otherwise.
        failCgroupV1: false
        failSwapOn: false
        # Lowering it needs CAP_SYS_RESOURCE, which containers and some machines do not have.
        oomScoreAdj: 0
        nodeStatusUpdateFrequency: 4s
        nodeStatusReportFrequency: 10s
        serializeImagePulls: false
        # No registry gives an image back once it is collected.
        imageGCHighThresholdPercent: 100
        evictionHard:
          memory.available: 50Mi
          nodefs.available: 1%%
          nodefs.inodesFree: 1%%
          imagefs.available: 1%%
        """
        .formatted(Addresses.DNS_SERVICE);
  }

  static String kubeProxy() {
    return """
        apiVersion: kubeproxy.config.k8s.io/v1alpha1
        kind: KubeProxyConfiguration
        mode: nftables
        clusterCIDR: %s
        clientConnection: {kubeconfig: /run/cluster/conf/kube-proxy.kubeconfig}
        # The table's size belongs to the machine, not to us.
        conntrack: {maxPerCore: 0, min: 0}
        oomScoreAdj: 0
        """
        .formatted(Addresses.PODS);
  }

  /// @param major of containerd, whose settings moved with version 2
  /// @param restrictOom whether this machine cannot lower a process's likelihood to be killed
  static String containerd(int major, boolean restrictOom, String cniPlugins) {
    String common =
        """
        root = "/var/lib/containerd"
        state = "/run/containerd"
        [grpc]
          address = "/run/containerd/containerd.sock"
        [plugins."io.containerd.internal.v1.opt"]
          path = "/var/lib/containerd/opt"
        """;
    return major >= 2
        ? "version = 3\n"
            + common
            + """
            [plugins."io.containerd.cri.v1.images".pinned_images]
              sandbox = "%s"
            [plugins."io.containerd.cri.v1.runtime"]
              restrict_oom_score_adj = %s
            [plugins."io.containerd.cri.v1.runtime".cni]
              bin_dirs = ["%s"]
              conf_dir = "/run/node/cni"
            """
                .formatted(PAUSE_IMAGE, restrictOom, cniPlugins)
        : "version = 2\n"
            + common
            + """
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "%s"
              restrict_oom_score_adj = %s
            [plugins."io.containerd.grpc.v1.cri".cni]
              bin_dir = "%s"
              conf_dir = "/run/node/cni"
            """
                .formatted(PAUSE_IMAGE, restrictOom, cniPlugins);
  }

  /// Each pod has a link of its own to its node, as in kind, so that all of its traffic is routed
  /// and Services work between pods of one node. What was given out is kept below `/run`, so that a
  /// node that comes back starts afresh.
  static String cni(String pods) {
    return """
        {
          "cniVersion": "1.0.0",
          "name": "pods",
          "plugins": [
            {
              "type": "ptp",
              "ipMasq": false,
              "mtu": 1500,
              "ipam": {
                "type": "host-local",
                "dataDir": "/run/cni-addresses",
                "routes": [{"dst": "0.0.0.0/0"}],
                "ranges": [[{"subnet": "%s"}]]
              }
            }
          ]
        }
        """
        .formatted(pods);
  }

  /// What pods get that ask for their node's names: the cluster's, as there are no others.
  static String resolvConf() {
    return "nameserver " + Addresses.CONTROL_PLANE + "\n";
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
