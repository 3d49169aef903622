/// `DynamoTable`: observe, plan, one act, one status.
@NullMarked
package dev.partita.operator.table;

import org.jspecify.annotations.NullMarked;
