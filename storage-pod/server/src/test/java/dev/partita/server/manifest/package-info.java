@NullMarked
package dev.partita.server.manifest;

import org.jspecify.annotations.NullMarked;
