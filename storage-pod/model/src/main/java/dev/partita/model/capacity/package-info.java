@NullMarked
package dev.partita.model.capacity;

import org.jspecify.annotations.NullMarked;
