/// The StorageCluster: what is there is observed, what is next is decided by pure functions, one
/// place acts, one place writes the status.
@NullMarked
package dev.partita.operator.cluster;

import org.jspecify.annotations.NullMarked;
