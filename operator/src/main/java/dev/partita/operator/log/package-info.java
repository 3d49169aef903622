/// How the process talks to those who run it: one line per event on standard error.
@NullMarked
package dev.partita.operator.log;

import org.jspecify.annotations.NullMarked;
