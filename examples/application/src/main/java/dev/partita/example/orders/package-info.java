/// A small application on Partita. There is nothing of Partita in it: it is the AWS SDK, told by
/// the environment where to go.
@NullMarked
package dev.partita.example.orders;

import org.jspecify.annotations.NullMarked;
