@NullMarked
package dev.partita.server.fuzz;

import org.jspecify.annotations.NullMarked;
