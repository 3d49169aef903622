/// Who sends a request: AWS signature version 4, in a header or in the query string, checked with
/// DynamoDB's order, codes and texts.
@NullMarked
package dev.partita.server.auth;

import org.jspecify.annotations.NullMarked;
