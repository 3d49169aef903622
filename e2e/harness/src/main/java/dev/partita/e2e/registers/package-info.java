/// A load of registers whose histories a checker can judge.
@NullMarked
package dev.partita.e2e.registers;

import org.jspecify.annotations.NullMarked;
