@NullMarked
package dev.partita.e2e.wire;

import org.jspecify.annotations.NullMarked;
