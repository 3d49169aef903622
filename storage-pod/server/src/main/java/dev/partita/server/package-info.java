@NullMarked
package dev.partita.server;

import org.jspecify.annotations.NullMarked;
