@NullMarked
package dev.partita.server.http;

import org.jspecify.annotations.NullMarked;
