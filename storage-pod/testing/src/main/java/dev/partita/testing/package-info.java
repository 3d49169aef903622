/// What tests of all modules share.
@NullMarked
package dev.partita.testing;

import org.jspecify.annotations.NullMarked;
