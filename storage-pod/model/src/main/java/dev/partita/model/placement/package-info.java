@NullMarked
package dev.partita.model.placement;

import org.jspecify.annotations.NullMarked;
