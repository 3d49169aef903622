/// Certificates from folders, as Kubernetes mounts them: read, checked, followed.
@NullMarked
package dev.partita.server.tls;

import org.jspecify.annotations.NullMarked;
