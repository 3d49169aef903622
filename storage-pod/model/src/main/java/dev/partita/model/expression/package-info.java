@NullMarked
package dev.partita.model.expression;

import org.jspecify.annotations.NullMarked;
