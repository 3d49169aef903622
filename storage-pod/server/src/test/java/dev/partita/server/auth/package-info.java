@NullMarked
package dev.partita.server.auth;

import org.jspecify.annotations.NullMarked;
