@NullMarked
package dev.partita.replication;

import org.jspecify.annotations.NullMarked;
