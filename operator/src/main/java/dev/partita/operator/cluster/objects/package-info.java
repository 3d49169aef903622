/// The Kubernetes objects of a StorageCluster, one pure builder each. What they build is canonical:
/// nothing empty, quantities as the API server writes them, defaults spelled out where the server
/// would add them inside of what is owned as a whole. A second apply must find no difference.
@NullMarked
package dev.partita.operator.cluster.objects;

import org.jspecify.annotations.NullMarked;
