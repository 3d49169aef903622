@NullMarked
package dev.partita.operator.dynamo;

import org.jspecify.annotations.NullMarked;
