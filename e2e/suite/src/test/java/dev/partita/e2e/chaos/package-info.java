@NullMarked
package dev.partita.e2e.chaos;

import org.jspecify.annotations.NullMarked;
