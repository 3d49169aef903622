@NullMarked
package dev.partita.cluster;

import org.jspecify.annotations.NullMarked;
