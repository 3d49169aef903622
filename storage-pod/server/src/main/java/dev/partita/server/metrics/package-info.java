/// What the server counts and times.
@NullMarked
package dev.partita.server.metrics;

import org.jspecify.annotations.NullMarked;
