@NullMarked
package dev.partita.server.json;

import org.jspecify.annotations.NullMarked;
