/// The operations on items, one or several at a time. Each reads its request, checks everything
/// that the request alone and the table's schema can reveal, asks the cluster, and writes the
/// answer.
@NullMarked
package dev.partita.server.item;

import org.jspecify.annotations.NullMarked;
