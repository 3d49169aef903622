@NullMarked
package dev.partita.model.key;

import org.jspecify.annotations.NullMarked;
