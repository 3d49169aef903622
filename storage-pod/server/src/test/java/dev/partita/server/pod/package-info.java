@NullMarked
package dev.partita.server.pod;

import org.jspecify.annotations.NullMarked;
