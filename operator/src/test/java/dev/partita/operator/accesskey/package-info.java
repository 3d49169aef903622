@NullMarked
package dev.partita.operator.accesskey;

import org.jspecify.annotations.NullMarked;
