@NullMarked
package dev.partita.e2e.sdk;

import org.jspecify.annotations.NullMarked;
