/// The DynamoDB API by area: what each operation answers, at any endpoint.
@NullMarked
package dev.partita.e2e.api;

import org.jspecify.annotations.NullMarked;
