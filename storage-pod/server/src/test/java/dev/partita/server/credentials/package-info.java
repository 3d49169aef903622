@NullMarked
package dev.partita.server.credentials;

import org.jspecify.annotations.NullMarked;
