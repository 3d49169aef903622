/// Clients that run as pods beside the storage pods, where a test outside of the cluster could not
/// see: behind a cut link, or through the Service that applications use.
@NullMarked
package dev.partita.e2e.witness;

import org.jspecify.annotations.NullMarked;
