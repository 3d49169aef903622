/// Which part may see which.
@NullMarked
package dev.partita.architecture;

import org.jspecify.annotations.NullMarked;
