@NullMarked
package dev.partita.model.table;

import org.jspecify.annotations.NullMarked;
