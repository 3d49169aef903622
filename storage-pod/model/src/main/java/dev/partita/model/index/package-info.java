@NullMarked
package dev.partita.model.index;

import org.jspecify.annotations.NullMarked;
