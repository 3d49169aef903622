/// The command line of `./partita kube`.
@NullMarked
package dev.partita.kube.cli;

import org.jspecify.annotations.NullMarked;
