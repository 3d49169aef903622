/// How a process talks to those who run it: one line per event on standard error.
@NullMarked
package dev.partita.logging;

import org.jspecify.annotations.NullMarked;
