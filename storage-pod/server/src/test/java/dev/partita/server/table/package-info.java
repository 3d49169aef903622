@NullMarked
package dev.partita.server.table;

import org.jspecify.annotations.NullMarked;
