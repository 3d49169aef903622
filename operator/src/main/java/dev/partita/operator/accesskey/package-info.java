/// `AccessKey`: key pairs that the pods know first and the user's Secret holds then.
@NullMarked
package dev.partita.operator.accesskey;

import org.jspecify.annotations.NullMarked;
