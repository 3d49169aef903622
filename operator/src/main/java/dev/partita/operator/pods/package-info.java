/// The way to the storage pods: their admin ports and the DynamoDB endpoint.
@NullMarked
package dev.partita.operator.pods;

import org.jspecify.annotations.NullMarked;
