/// One whole pod put together: cluster, operations, front door, admin port. Wired by hand.
@NullMarked
package dev.partita.server.pod;

import org.jspecify.annotations.NullMarked;
