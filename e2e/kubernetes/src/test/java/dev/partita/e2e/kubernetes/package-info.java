/// What a platform team fears, tried on a real cluster.
@NullMarked
package dev.partita.e2e.kubernetes;

import org.jspecify.annotations.NullMarked;
