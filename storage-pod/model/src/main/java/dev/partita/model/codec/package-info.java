@NullMarked
package dev.partita.model.codec;

import org.jspecify.annotations.NullMarked;
