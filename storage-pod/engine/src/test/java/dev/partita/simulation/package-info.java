/// Whole pods in one thread and in virtual time: replication, its codecs and the real log over a
/// disk whose power fails, a network that loses, delays, doubles and cuts, and a workload that
/// knows what it was promised. Same seed, same run.
@NullMarked
package dev.partita.simulation;

import org.jspecify.annotations.NullMarked;
