/// What tests of several packages share.
@NullMarked
package dev.partita.operator.testing;

import org.jspecify.annotations.NullMarked;
