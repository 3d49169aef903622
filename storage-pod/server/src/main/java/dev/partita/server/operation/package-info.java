/// The operations of the DynamoDB API, one class each, and what they are given and give back.
@NullMarked
package dev.partita.server.operation;

import org.jspecify.annotations.NullMarked;
