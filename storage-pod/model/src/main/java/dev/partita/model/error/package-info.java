/// The errors of the API: their codes, and one catalogue of their texts by area. The texts are what
/// clients compare, byte for byte, typing errors and missing blanks included. Where nothing else is
/// said they are the service's, as public suites recorded it.
@NullMarked
package dev.partita.model.error;

import org.jspecify.annotations.NullMarked;
