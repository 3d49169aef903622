/// The operations on single items. Each reads its request, checks everything that the request alone
/// and the table's schema can reveal, asks the cluster, and writes the answer.
@NullMarked
package dev.partita.server.item;

import org.jspecify.annotations.NullMarked;
