@NullMarked
package dev.partita.e2e.properties;

import org.jspecify.annotations.NullMarked;
