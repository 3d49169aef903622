@NullMarked
package dev.partita.e2e.differential;

import org.jspecify.annotations.NullMarked;
