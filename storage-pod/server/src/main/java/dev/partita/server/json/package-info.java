/// AWS JSON on the way in and out. Going in: operations declare the {@link Shape} of their request
/// and get a checked {@link Structure}; texts of errors are DynamoDB's. Going out: a {@link
/// JsonBuffer} that the operation fills.
@NullMarked
package dev.partita.server.json;

import org.jspecify.annotations.NullMarked;
