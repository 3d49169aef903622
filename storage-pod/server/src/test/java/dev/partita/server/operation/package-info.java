@NullMarked
package dev.partita.server.operation;

import org.jspecify.annotations.NullMarked;
