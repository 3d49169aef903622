package dev.partita.server.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes the answer of one request with DynamoDB's headers. Each method sends and gives the bytes
/// of the body; on a connection that is gone nothing is sent.
final class Answer {

  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-amzn-RequestId");
  private static final CharSequence CRC32 = HttpHeaders.createOptimized("x-amz-crc32");
  private static final CharSequence SERVER = HttpHeaders.createOptimized("Server");
  private static final CharSequence PRODUCT = HttpHeaders.createOptimized("Partita");
  private static final CharSequence AMZ_JSON =
      HttpHeaders.createOptimized("application/x-amz-json-1.0");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence ALLOW_ORIGIN =
      HttpHeaders.createOptimized("Access-Control-Allow-Origin");
  private static final CharSequence EXPOSE_HEADERS =
      HttpHeaders.createOptimized("Access-Control-Expose-Headers");
  private static final byte[] UNKNOWN_OPERATION =
      "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY = new byte[0];

  /// Seconds for which a browser may keep the answer to a preflight.
  private static final String PREFLIGHT_SECONDS = "172800";

  private final FrontDoorLoop loop;
  private final HttpServerRequest request;
  private final String requestId;
  private @Nullable Runnable whenTaken;

  Answer(FrontDoorLoop loop, HttpServerRequest request, String requestId) {
    this.loop = loop;
    this.request = request;
    this.requestId = requestId;
  }

  /// Has this run once the client has taken the answer, or will never take it. To be set before the
  /// answer is sent.
  void whenTaken(Runnable then) {
    whenTaken = then;
  }

  private void taken() {
    Runnable then = whenTaken;
    whenTaken = null;
    if (then != null) {
      then.run();
    }
  }

  /// Whether the request's body is said to be AWS JSON 1.0 or plain JSON.
  boolean hasKnownContentType() {
    return contentType() != null;
  }

  /// What the request says, to be said of the answer; null where it is neither form of JSON.
  private @Nullable CharSequence contentType() {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return null;
    }
    if (type.contentEquals(AMZ_JSON)) {
      return AMZ_JSON;
    }
    int semicolon = type.indexOf(';');
    String media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    return switch (media.toLowerCase(Locale.ROOT)) {
      case "application/x-amz-json-1.0" -> AMZ_JSON;
      case "application/json" -> JSON;
      default -> null;
    };
  }

  int json(int status, byte[] body) {
    HttpServerResponse response = request.response();
    Encoding encoding = Encoding.of(request.getHeader(HttpHeaders.ACCEPT_ENCODING), body.length);
    CharSequence type = contentType();
    response.putHeader(HttpHeaders.CONTENT_TYPE, type == null ? AMZ_JSON : type);
    if (encoding != Encoding.IDENTITY) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding.token());
    }
    return send(status, encoding.encode(body));
  }

  int healthy() {
    String text = "healthy: dynamodb." + loop.settings().region() + ".amazonaws.com ";
    return send(200, text.getBytes(StandardCharsets.UTF_8));
  }

  int unknownOperation() {
    return send(404, UNKNOWN_OPERATION);
  }

  int preflight() {
    HttpServerResponse response = request.response();
    echo("Access-Control-Request-Headers", "Access-Control-Allow-Headers", response);
    echo("Access-Control-Request-Method", "Access-Control-Allow-Methods", response);
    response.putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    return send(200, EMPTY);
  }

  private void echo(String asked, String answered, HttpServerResponse response) {
    String value = request.getHeader(asked);
    if (value != null) {
      response.putHeader(answered, value);
    }
  }

  /// @param hangUp whether the rest of the body is not waited for
  int tooLarge(boolean hangUp) {
    if (hangUp) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    int sent = send(413, EMPTY);
    if (hangUp) {
      request.connection().close();
    }
    return sent;
  }

  private int send(int status, byte[] body) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      taken();
      return 0;
    }
    response
        .setStatusCode(status)
        .putHeader(SERVER, PRODUCT)
        .putHeader(HttpHeaders.DATE, loop.date())
        .putHeader(REQUEST_ID, requestId)
        .putHeader(CRC32, loop.checksum(body))
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    if (request.getHeader("Origin") != null) {
      response.putHeader(ALLOW_ORIGIN, "*");
      response.putHeader(EXPOSE_HEADERS, "x-amzn-RequestId,x-amz-crc32");
    }
    boolean last = loop.isDraining();
    if (last) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Future<Void> sent = response.end(Buffer.buffer(body));
    if (last) {
      sent.onComplete(_ -> request.connection().close());
    }
    if (whenTaken != null) {
      sent.onComplete(_ -> taken());
    }
    return body.length;
  }
}
