@NullMarked
package dev.partita.e2e.durability;

import org.jspecify.annotations.NullMarked;
