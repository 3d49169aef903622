/// Who may sign requests, and where their secrets are kept.
@NullMarked
package dev.partita.server.credentials;

import org.jspecify.annotations.NullMarked;
