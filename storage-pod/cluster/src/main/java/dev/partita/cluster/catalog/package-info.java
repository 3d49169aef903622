@NullMarked
package dev.partita.cluster.catalog;

import org.jspecify.annotations.NullMarked;
