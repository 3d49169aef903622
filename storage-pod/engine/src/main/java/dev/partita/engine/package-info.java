@NullMarked
package dev.partita.engine;

import org.jspecify.annotations.NullMarked;
