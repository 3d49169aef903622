/// The errors of the API: their codes, and one catalogue of their texts by area. The texts are what
/// clients compare, byte for byte; where nothing else is said, they are the service's as public
/// suites recorded it. What its typing errors and missing blanks look like stays.
@NullMarked
package dev.partita.model.error;

import org.jspecify.annotations.NullMarked;
