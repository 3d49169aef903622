@NullMarked
package dev.partita.e2e.process;

import org.jspecify.annotations.NullMarked;
