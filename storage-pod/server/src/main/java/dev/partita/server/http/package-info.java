/// The front door: HTTP in, operations, HTTP out. AWS JSON 1.0 as DynamoDB speaks it.
@NullMarked
package dev.partita.server.http;

import org.jspecify.annotations.NullMarked;
