package dev.partita.server.operation;

import java.util.concurrent.CompletableFuture;

/// One operation of the API. The front door calls it on an event loop with an authenticated
/// request; it must not block.
public interface Operation {

  /// The name behind the dot of `X-Amz-Target`, for example `PutItem`.
  String name();

  /// Whether nothing is changed, so that an answer which no memory is left for may be taken back
  /// and asked for again.
  default boolean isRead() {
    return false;
  }

  /// Handles one request.
  ///
  /// @param context who asks and when
  /// @param body the request's JSON text, inflated, never empty; the callee may keep it but not
  ///   change it
  /// @return the answer. Errors of the API come as a thrown or a future's {@link
  ///   dev.partita.model.error.ApiException}; everything else is answered as InternalServerError
  ///   and logged. A future that is already complete is answered without leaving the event loop.
  CompletableFuture<Reply> handle(RequestContext context, byte[] body);
}
