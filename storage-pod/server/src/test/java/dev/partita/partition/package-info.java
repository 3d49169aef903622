/// A door for tests of the server into what partitions keep to themselves.
@NullMarked
package dev.partita.partition;

import org.jspecify.annotations.NullMarked;
