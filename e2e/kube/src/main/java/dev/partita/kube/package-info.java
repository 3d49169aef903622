/// A real Kubernetes with three zones on one machine, for tests and for trying things out:
/// [dev.partita.kube.TestCluster] is its face.
@NullMarked
package dev.partita.kube;

import org.jspecify.annotations.NullMarked;
