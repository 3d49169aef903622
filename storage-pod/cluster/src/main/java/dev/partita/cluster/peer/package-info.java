@NullMarked
package dev.partita.cluster.peer;

import org.jspecify.annotations.NullMarked;
