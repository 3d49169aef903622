/// The consensus core behind {@link dev.partita.replication.GroupHost}: MicroRaft 0.7, guarded. The
/// only package that imports `io.microraft`.
@NullMarked
package dev.partita.replication.microraft;

import org.jspecify.annotations.NullMarked;
