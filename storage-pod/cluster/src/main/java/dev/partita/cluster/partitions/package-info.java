@NullMarked
package dev.partita.cluster.partitions;

import org.jspecify.annotations.NullMarked;
