@NullMarked
package dev.partita.server.item;

import org.jspecify.annotations.NullMarked;
