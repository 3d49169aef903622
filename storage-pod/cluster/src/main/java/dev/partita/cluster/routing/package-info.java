@NullMarked
package dev.partita.cluster.routing;

import org.jspecify.annotations.NullMarked;
