@NullMarked
package dev.partita.model.value;

import org.jspecify.annotations.NullMarked;
