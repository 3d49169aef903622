/// A cluster of processes on one machine: starts, stops and harms only what it started itself.
@NullMarked
package dev.partita.server.cli.local;

import org.jspecify.annotations.NullMarked;
