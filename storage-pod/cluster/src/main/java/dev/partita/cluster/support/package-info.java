@NullMarked
package dev.partita.cluster.support;

import org.jspecify.annotations.NullMarked;
