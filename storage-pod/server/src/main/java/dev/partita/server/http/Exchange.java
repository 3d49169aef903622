package dev.partita.server.http;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.server.auth.RequestHead;
import dev.partita.server.json.RequestReader;
import dev.partita.server.metrics.RequestMetrics;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.Reply;
import dev.partita.server.operation.RequestContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request from its header to its answer, all on one event loop. The order of checks is the
/// service's: method and content type, size, JSON syntax, target, signature, empty body; the rest
/// is the operation's.
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final byte[] EMPTY = new byte[0];
  private static final String FAULT =
      "The request processing has failed because of an unknown error, exception or failure.";
  private static final String OVERLOADED = "Rate of requests exceeds the allowed throughput.";

  private final FrontDoorLoop loop;
  private final HttpServerRequest request;
  private final Answer answer;
  private final String requestId = RequestIds.next();
  private final long began = System.nanoTime();
  private @Nullable BodyCollector body;
  private long discarded;
  private long heldBytes;

  /// Taken for an answer that was not there yet: by the threads that make it, one after the other.
  private int reservedBytes;

  private boolean admitted;
  private boolean overloaded;
  private boolean tooLarge;
  private boolean finished;
  private String operationName = RequestMetrics.UNKNOWN;

  Exchange(FrontDoorLoop loop, HttpServerRequest request) {
    this.loop = loop;
    this.request = request;
    this.answer = new Answer(loop, request, requestId);
  }

  /// The header has come.
  void begin() {
    loop.guard().enter(request.connection(), ConnectionGuard.Stage.BODY);
    request.exceptionHandler(_ -> release());
    admitted = loop.load().begin();
    overloaded = !admitted || loop.answers().exhausted();
    HttpMethod method = request.method();
    boolean waits = waitsToContinue();
    if (!method.equals(HttpMethod.POST)) {
      if (waits) {
        letContinue();
      }
      plain(method);
      return;
    }
    long announced = announcedLength();
    tooLarge = announced > HttpLimits.MAX_BODY_BYTES;
    if (announced > HttpLimits.MAX_DISCARDED_BYTES || (tooLarge && waits)) {
      refuseTooLarge(true);
      return;
    }
    if (waits) {
      letContinue();
    }
    body = new BodyCollector((int) announced);
    request.handler(this::chunk);
    request.endHandler(_ -> guarded(this::bodyEnded));
  }

  /// Whether the client sends its body only once it is told to. HTTP/1.0 knows no such thing.
  private boolean waitsToContinue() {
    return request.version() != HttpVersion.HTTP_1_0
        && request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true);
  }

  private void letContinue() {
    // A connection that is gone tells the handlers of the request.
    var _ = request.response().writeContinue();
  }

  private long announcedLength() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE; // digits that no long holds; others Netty has refused
    }
  }

  private void chunk(Buffer chunk) {
    BodyCollector collector = body;
    if (finished || collector == null) {
      return;
    }
    tooLarge |= (long) collector.length() + chunk.length() > HttpLimits.MAX_BODY_BYTES;
    if (!tooLarge && !overloaded) {
      int growth = collector.growth(chunk);
      if (loop.load().hold(growth)) {
        heldBytes += growth;
        collector.add(chunk);
        return;
      }
      overloaded = true;
    }
    discarded += chunk.length();
    if (discarded > HttpLimits.MAX_DISCARDED_BYTES) {
      refuseTooLarge(true);
    }
  }

  private void bodyEnded() {
    if (finished) {
      return;
    }
    loop.guard().enter(request.connection(), ConnectionGuard.Stage.ANSWER);
    BodyCollector collector = body;
    byte[] wire = collector == null ? EMPTY : collector.toByteArray();
    if (wire.length > 0 && !answer.hasKnownContentType()) {
      finish(answer.unknownOperation(), null);
    } else if (tooLarge) {
      refuseTooLarge(false);
    } else if (overloaded) {
      error(ErrorType.THROTTLING, OVERLOADED);
    } else {
      serve(wire);
    }
  }

  private void serve(byte[] wire) {
    byte[] json;
    try {
      json = inflated(wire);
    } catch (Inflater.TooLarge _) {
      refuseTooLarge(false);
      return;
    } catch (IOException _) {
      error(ErrorType.INTERNAL_SERVER_ERROR, "The request body is no whole gzip stream.");
      return;
    } catch (ApiException e) {
      error(e.type(), e.getMessage());
      return;
    }
    CompletableFuture<Reply> reply;
    Operation operation;
    try {
      operation = loop.operations().find(request.getHeader("X-Amz-Target"));
      if (operation == null) {
        throw new ApiException(ErrorType.UNKNOWN_OPERATION, "");
      }
      operationName = operation.name();
      String principal = loop.authenticator().authenticate(head(), wire);
      if (json.length == 0) {
        throw new ApiException(ErrorType.SERIALIZATION, "");
      }
      reply = operation.handle(context(principal), json);
    } catch (ApiException e) {
      loop.answers().give(reservedBytes);
      refuse(e, json);
      return;
    }
    if (reply.isDone()) {
      replied(reply, counted(operation, reply));
    } else {
      var _ =
          reply.whenComplete(
              (_, _) -> {
                // Here and not on the event loop, which answers may be waiting for.
                int bytes = counted(operation, reply);
                loop.context().runOnContext(_ -> guarded(() -> replied(reply, bytes)));
              });
    }
  }

  /// Takes memory for an answer that is about to be written. The thread that makes it.
  private void reserve(int bytes) {
    if (!loop.answers().tryTake(bytes)) {
      throw new ApiException(ErrorType.THROTTLING, OVERLOADED);
    }
    reservedBytes += bytes;
  }

  /// Counts an answer that is in memory until its client takes it, and gives back what was taken
  /// for more than it became. The thread that made it.
  ///
  /// @return bytes to give back, 0 for none; -1 if there is no memory for it
  private int counted(Operation operation, CompletableFuture<Reply> reply) {
    int length = reply.isCompletedExceptionally() ? 0 : reply.join().body().length;
    int bytes = length <= HttpLimits.SMALL_ANSWER_BYTES ? 0 : length;
    int more = bytes - reservedBytes;
    if (more <= 0) {
      loop.answers().give(-more);
      return bytes;
    }
    if (loop.answers().tryTake(more)) {
      return bytes;
    }
    if (operation.isRead()) {
      loop.answers().give(reservedBytes);
      return -1;
    }
    // What is changed is changed: an error would have the client do it twice.
    loop.answers().take(more);
    return bytes;
  }

  private byte[] inflated(byte[] wire) throws IOException {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null || encoding.equalsIgnoreCase("identity") || wire.length == 0) {
      return wire;
    }
    if (!encoding.equalsIgnoreCase("gzip")) {
      throw new ApiException(
          ErrorType.SERIALIZATION,
          "The request body's Content-Encoding is not supported: " + encoding);
    }
    byte[] json = Inflater.gunzip(wire, HttpLimits.MAX_BODY_BYTES);
    if (loop.load().hold(json.length)) {
      heldBytes += json.length;
      return json;
    }
    throw new ApiException(ErrorType.THROTTLING, OVERLOADED);
  }

  /// Broken JSON goes before an unknown target and a wrong signature; it is looked for only where
  /// it makes a difference.
  private void refuse(ApiException error, byte[] json) {
    ApiException first = error;
    boolean beforeReading =
        switch (error.type()) {
          case UNKNOWN_OPERATION,
              MISSING_AUTHENTICATION_TOKEN,
              INCOMPLETE_SIGNATURE,
              INVALID_SIGNATURE,
              UNRECOGNIZED_CLIENT ->
              true;
          case VALIDATION,
              SERIALIZATION,
              ACCESS_DENIED,
              THROTTLING,
              CONDITIONAL_CHECK_FAILED,
              RESOURCE_NOT_FOUND,
              RESOURCE_IN_USE,
              LIMIT_EXCEEDED,
              ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
              INTERNAL_SERVER_ERROR,
              SERVICE_UNAVAILABLE ->
              false;
        };
    if (beforeReading && json.length > 0) {
      try {
        RequestReader.checkSyntax(json);
      } catch (ApiException syntax) {
        first = syntax;
      }
    }
    error(first.type(), first.getMessage());
  }

  private void replied(CompletableFuture<Reply> reply, int counted) {
    if (counted < 0) {
      error(ErrorType.THROTTLING, OVERLOADED);
      return;
    }
    if (counted > 0) {
      answer.whenTaken(() -> loop.answers().give(counted));
    }
    if (!reply.isCompletedExceptionally()) {
      Reply done = reply.join();
      finish(answer.json(done.status(), done.body()), done.error());
      return;
    }
    Throwable cause = reply.isCancelled() ? new CancellationException() : reply.exceptionNow();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ApiException api) {
      error(api.type(), api.getMessage());
    } else {
      fault(cause);
    }
  }

  private RequestHead head() {
    String query = request.query();
    String path = request.path();
    return new RequestHead(
        request.method().name(),
        path == null ? "/" : path,
        query == null ? "" : query,
        request.headers());
  }

  private RequestContext context(String principal) {
    return new RequestContext(
        requestId,
        principal,
        operationName,
        Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), ""),
        loop.settings().region(),
        loop.settings().account(),
        loop.clock(),
        this::reserve);
  }

  /// Everything but POST.
  private void plain(HttpMethod method) {
    loop.guard().enter(request.connection(), ConnectionGuard.Stage.ANSWER);
    if (method.equals(HttpMethod.GET) && "/".equals(request.path())) {
      finish(answer.healthy(), null);
    } else if (method.equals(HttpMethod.OPTIONS) && request.getHeader("Origin") != null) {
      finish(answer.preflight(), null);
    } else {
      finish(answer.unknownOperation(), null);
    }
  }

  private void refuseTooLarge(boolean hangUp) {
    finish(answer.tooLarge(hangUp), null);
  }

  private void error(ErrorType type, String message) {
    finish(answer.json(type.status(), ErrorBody.of(type, message)), type);
  }

  private void fault(Throwable fault) {
    LOG.error("request {} of operation {} failed", requestId, operationName, fault);
    error(ErrorType.INTERNAL_SERVER_ERROR, FAULT);
  }

  /// A fault of ours must still be answered.
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException fault) {
      fault(fault);
    }
  }

  private void finish(int sentBytes, @Nullable ErrorType error) {
    if (finished) {
      return;
    }
    BodyCollector collector = body;
    int received = collector == null ? 0 : collector.length();
    loop.metrics().answered(operationName, error, System.nanoTime() - began, received, sentBytes);
    release();
  }

  /// Gives back what this request holds, once.
  private void release() {
    if (finished) {
      return;
    }
    finished = true;
    body = null;
    if (admitted) {
      loop.load().end(heldBytes);
    } else {
      loop.load().drop(heldBytes);
    }
    loop.guard().enter(request.connection(), ConnectionGuard.Stage.IDLE);
  }
}
