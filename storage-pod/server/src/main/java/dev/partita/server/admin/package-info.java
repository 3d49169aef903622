/// The second port: for those who run the pod, never for clients. Without TLS there is no
/// authentication: keep it inside.
@NullMarked
package dev.partita.server.admin;

import org.jspecify.annotations.NullMarked;
