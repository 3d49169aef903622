@NullMarked
package dev.partita.model.command;

import org.jspecify.annotations.NullMarked;
