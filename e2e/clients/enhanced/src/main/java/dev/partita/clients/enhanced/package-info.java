/// The Enhanced Client of the AWS SDK for Java v2 as an application uses it.
@NullMarked
package dev.partita.clients.enhanced;

import org.jspecify.annotations.NullMarked;
