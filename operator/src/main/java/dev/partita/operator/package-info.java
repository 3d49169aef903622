/// The operator's process: settings, wiring, health. One package per kind below.
@NullMarked
package dev.partita.operator;

import org.jspecify.annotations.NullMarked;
