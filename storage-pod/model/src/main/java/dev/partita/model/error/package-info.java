@NullMarked
package dev.partita.model.error;

import org.jspecify.annotations.NullMarked;
