/// Clusters that somebody else runs: kind in a Docker engine, or whatever KUBECONFIG points to.
@NullMarked
package dev.partita.kube.engine;

import org.jspecify.annotations.NullMarked;
