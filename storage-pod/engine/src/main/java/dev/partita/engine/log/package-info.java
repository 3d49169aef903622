/// The pod's log: one sequence of frames on disk, shared by all consensus groups of the pod, so
/// that one sync serves every group that waits.
@NullMarked
package dev.partita.engine.log;

import org.jspecify.annotations.NullMarked;
