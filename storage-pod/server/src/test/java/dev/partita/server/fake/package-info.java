/// What fakes of a cluster have in common.
@NullMarked
package dev.partita.server.fake;

import org.jspecify.annotations.NullMarked;
