/// Kubernetes on this machine itself: nodes that are namespaces.
@NullMarked
package dev.partita.kube.machine;

import org.jspecify.annotations.NullMarked;
