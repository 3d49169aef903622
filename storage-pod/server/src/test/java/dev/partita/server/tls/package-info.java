@NullMarked
package dev.partita.server.tls;

import org.jspecify.annotations.NullMarked;
