@NullMarked
package dev.partita.server.log;

import org.jspecify.annotations.NullMarked;
