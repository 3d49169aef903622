@NullMarked
package dev.partita.server.admin;

import org.jspecify.annotations.NullMarked;
