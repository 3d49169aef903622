@NullMarked
package dev.partita.model.item;

import org.jspecify.annotations.NullMarked;
