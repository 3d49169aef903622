/// When certificates of a cluster are made, and when its authority is exchanged.
@NullMarked
package dev.partita.operator.cluster.certificates;

import org.jspecify.annotations.NullMarked;
