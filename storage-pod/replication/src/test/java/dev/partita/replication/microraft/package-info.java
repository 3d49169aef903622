@NullMarked
package dev.partita.replication.microraft;

import org.jspecify.annotations.NullMarked;
