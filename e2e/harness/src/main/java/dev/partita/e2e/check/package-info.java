@NullMarked
package dev.partita.e2e.check;

import org.jspecify.annotations.NullMarked;
