@NullMarked
package dev.partita.server.cli;

import org.jspecify.annotations.NullMarked;
