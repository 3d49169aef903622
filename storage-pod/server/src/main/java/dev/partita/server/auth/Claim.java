package dev.partita.server.auth;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a request claims about its signature, taken from the `Authorization` header or from the
/// query string; nothing in it is verified yet.
///
/// @param algorithm as sent
/// @param credential `keyid/date/region/service/aws4_request` as sent
/// @param signedHeaders lower-case names with semicolons between
/// @param signature hexadecimal digits
/// @param date time of signing as sent
/// @param expiresSeconds how long a query signature holds; the clock skew where not given
/// @param sessionToken of a temporary pair, null for none
/// @param inQuery whether it came in the query string
record Claim(
    String algorithm,
    String credential,
    String signedHeaders,
    String signature,
    String date,
    long expiresSeconds,
    @Nullable String sessionToken,
    boolean inQuery) {

  private static final String ALGORITHM_PARAMETER = "X-Amz-Algorithm";
  private static final String SCHEME = "AWS4-";

  /// Longest that a query signature may hold: seven days, in seconds.
  private static final long MAX_EXPIRES_SECONDS = 604_800;

  static Claim of(RequestHead head) {
    String authorization = head.headers().get("Authorization");
    boolean query = head.query().contains(ALGORITHM_PARAMETER + "=");
    if (query) {
      if (authorization != null) {
        throw AuthErrors.bothForms();
      }
      return fromQuery(head.query());
    }
    if (authorization == null || !authorization.strip().startsWith(SCHEME)) {
      throw AuthErrors.missingToken();
    }
    return fromHeader(authorization.strip(), head.headers());
  }

  private static Claim fromHeader(String authorization, MultiMap headers) {
    int space = authorization.indexOf(' ');
    String algorithm = space < 0 ? authorization : authorization.substring(0, space);
    String credential = "";
    String signedHeaders = "";
    String signature = "";
    int from = space < 0 ? authorization.length() : space + 1;
    while (from < authorization.length()) {
      int comma = authorization.indexOf(',', from);
      int to = comma < 0 ? authorization.length() : comma;
      int equals = authorization.indexOf('=', from);
      if (equals >= 0 && equals < to) {
        String value = authorization.substring(equals + 1, to).strip();
        switch (authorization.substring(from, equals).strip()) {
          case "Credential" -> credential = value;
          case "SignedHeaders" -> signedHeaders = value;
          case "Signature" -> signature = value;
          default -> {} // the service ignores other parameters too
        }
      }
      from = to + 1;
    }
    String date = headers.get("X-Amz-Date");
    if (date == null) {
      date = headers.get("Date");
    }
    if (credential.isEmpty() || signature.isEmpty() || signedHeaders.isEmpty() || date == null) {
      StringBuilder text = new StringBuilder();
      require(text, credential, "Credential");
      require(text, signature, "Signature");
      require(text, signedHeaders, "SignedHeaders");
      if (date == null) {
        text.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
      }
      throw AuthErrors.incomplete(text + "Authorization=" + authorization);
    }
    return new Claim(
        algorithm,
        credential,
        signedHeaders,
        signature,
        date,
        SignatureVerifier.MAX_SKEW_SECONDS,
        headers.get("X-Amz-Security-Token"),
        false);
  }

  private static void require(StringBuilder text, String value, String name) {
    if (value.isEmpty()) {
      text.append("Authorization header requires '").append(name).append("' parameter. ");
    }
  }

  private static Claim fromQuery(String query) {
    String algorithm = parameter(query, ALGORITHM_PARAMETER);
    String credential = parameter(query, "X-Amz-Credential");
    String signature = parameter(query, "X-Amz-Signature");
    String signedHeaders = parameter(query, "X-Amz-SignedHeaders");
    String date = parameter(query, "X-Amz-Date");
    if (algorithm.isEmpty()
        || credential.isEmpty()
        || signature.isEmpty()
        || signedHeaders.isEmpty()
        || date.isEmpty()) {
      StringBuilder text = new StringBuilder();
      include(text, algorithm, ALGORITHM_PARAMETER);
      include(text, credential, "X-Amz-Credential");
      include(text, signature, "X-Amz-Signature");
      include(text, signedHeaders, "X-Amz-SignedHeaders");
      include(text, date, "X-Amz-Date");
      throw AuthErrors.incompleteQuery(text.toString());
    }
    String token = parameter(query, "X-Amz-Security-Token");
    return new Claim(
        algorithm,
        credential,
        signedHeaders,
        signature,
        date,
        expires(parameter(query, "X-Amz-Expires")),
        token.isEmpty() ? null : token,
        true);
  }

  private static void include(StringBuilder text, String value, String name) {
    if (value.isEmpty()) {
      text.append("AWS query-string parameters must include '").append(name).append("'. ");
    }
  }

  private static long expires(String seconds) {
    if (seconds.isEmpty()) {
      return SignatureVerifier.MAX_SKEW_SECONDS;
    }
    try {
      return Math.clamp(Long.parseLong(seconds), 1, MAX_EXPIRES_SECONDS);
    } catch (NumberFormatException _) {
      throw AuthErrors.incompleteQuery(
          "AWS query-string parameter 'X-Amz-Expires' must be a number of seconds. ");
    }
  }

  /// @return decoded; empty where it is not there
  private static String parameter(String query, String name) {
    int from = 0;
    while (from <= query.length()) {
      int ampersand = query.indexOf('&', from);
      int to = ampersand < 0 ? query.length() : ampersand;
      if (query.startsWith(name, from)
          && from + name.length() < to
          && query.charAt(from + name.length()) == '=') {
        return decoded(query.substring(from + name.length() + 1, to));
      }
      from = to + 1;
    }
    return "";
  }

  static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw AuthErrors.incompleteQuery("");
    }
  }
}
