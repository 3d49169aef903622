/// How the process talks to its operator: one line per event on standard error.
@NullMarked
package dev.partita.server.log;

import org.jspecify.annotations.NullMarked;
