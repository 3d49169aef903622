@NullMarked
package dev.partita.server.cli.local;

import org.jspecify.annotations.NullMarked;
