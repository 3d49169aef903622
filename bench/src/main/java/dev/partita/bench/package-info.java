@NullMarked
package dev.partita.bench;

import org.jspecify.annotations.NullMarked;
