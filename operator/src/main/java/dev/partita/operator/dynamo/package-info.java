/// Tables of a storage cluster through its DynamoDB API.
@NullMarked
package dev.partita.operator.dynamo;

import org.jspecify.annotations.NullMarked;
