package dev.partita.server.operation;

import dev.partita.model.error.ApiException;

/// Memory for one request's answer, which is bounded over all requests. Long answers of reads take
/// theirs before they are written, so that many of them at once do not fill the heap; what is taken
/// is given back by whoever hands this out, when the client has the answer or there will be none.
@FunctionalInterface
public interface AnswerMemory {

  /// Where nobody counts.
  AnswerMemory UNCOUNTED = _ -> {};

  /// @param bytes of JSON that are about to be written
  /// @throws ApiException ThrottlingException if there is no memory for them
  void take(int bytes);
}
