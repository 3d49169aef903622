/// Certificates of the operator's own making: an authority per cluster, leaves, and their exchange.
@NullMarked
package dev.partita.operator.tls;

import org.jspecify.annotations.NullMarked;
