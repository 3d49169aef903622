/// The command line: options in, a running pod or a one-line error out.
@NullMarked
package dev.partita.server.cli;

import org.jspecify.annotations.NullMarked;
