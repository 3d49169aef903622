package dev.partita.kube;

import java.nio.file.Path;
import java.util.List;

/// A Kubernetes cluster with three zones whose zones can be lost and given back.
///
/// Every call returns once the thing is done, or throws [ClusterException] with the reason. Calls
/// that change a cluster are not for several threads or processes at once; a second one is told so.
public interface TestCluster {

  /// Brings the cluster up until all its nodes are Ready and pods can be made.
  ///
  /// @param progress hears of each step
  void up(Progress progress);

  /// Ends the cluster and leaves nothing of it behind: no process, mount, namespace, link, cgroup
  /// or folder. Does so too after an `up` that was killed half-way, and is content if there is
  /// nothing.
  void down();

  /// What is known of the cluster, whether it is up or not.
  ClusterStatus status();

  /// Where to find the cluster's administrator.
  Path kubeconfig();

  /// Makes the images of these tar files (OCI layout or `docker save`) known to every node. Pods
  /// that use them need an `imagePullPolicy` other than Always. A node that is down gets them when
  /// it comes back.
  ///
  /// @return the images' names, as pods may give them
  List<String> loadImages(List<Path> tars);

  /// Ends the zone's node without a word to anybody, as a power cut does: its pods are gone at
  /// once.
  void killZone(Zone zone);

  /// Starts a killed node again, with the disk that it had. It is Ready some seconds later.
  void restoreZone(Zone zone);

  /// Takes the zone's node off the network. Its pods run on.
  void cutZone(Zone zone);

  /// Puts the zone's node on the network again.
  void healZone(Zone zone);

  /// Kills every process of a pod by SIGKILL: none of them gets to say a word. What becomes of the
  /// pod then is up to Kubernetes, which as a rule starts its containers again.
  ///
  /// @param zone the pod's node is there
  /// @param uid the pod's, from its metadata
  /// @return how many processes there were
  int killPod(Zone zone, String uid);

  /// Kills the API server, and with it every change and every look at the cluster. Pods run on.
  void stopApi();

  /// Starts the API server again and returns when it answers.
  void startApi();

  /// A way to a pod that needs neither the API server nor a node besides the pod's own.
  ///
  /// @param address the pod's
  Forward forward(String address, int port);
}
