/// A real Kubernetes API server for tests: etcd and kube-apiserver as processes on loopback,
/// started once per JVM. There is no kubelet, no scheduler and no controller: pods never run,
/// garbage is never collected, and namespaces are never gone.
@NullMarked
package dev.partita.testing.apiserver;

import org.jspecify.annotations.NullMarked;
