/// The second port: for those who run the pod, never for clients. No authentication; keep it
/// inside.
@NullMarked
package dev.partita.server.admin;

import org.jspecify.annotations.NullMarked;
