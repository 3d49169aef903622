/// What every reconciler needs of Kubernetes: apply, events, conditions, names.
@NullMarked
package dev.partita.operator.kube;

import org.jspecify.annotations.NullMarked;
