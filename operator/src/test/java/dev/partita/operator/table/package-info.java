@NullMarked
package dev.partita.operator.table;

import org.jspecify.annotations.NullMarked;
