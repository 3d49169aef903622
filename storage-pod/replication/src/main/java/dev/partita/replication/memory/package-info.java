/// Ports of replication in memory: for groups that need not outlive the process.
@NullMarked
package dev.partita.replication.memory;

import org.jspecify.annotations.NullMarked;
