package dev.partita.server.auth;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The text that a signature version 4 signs, built into one array that is reused from request to
/// request:
///
/// ```
/// METHOD \n path \n query \n header:value \n … \n \n signed;headers \n sha256-of-body
/// ```
///
/// Not thread-safe. Source: AWS General Reference, "Create a signed AWS API request".
final class CanonicalRequest {

  private static final int FIRST_CAPACITY = 1_024;

  /// Above this many bytes the array is given back after use.
  private static final int KEPT_CAPACITY = 64 * 1_024;

  private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private byte[] octets = new byte[FIRST_CAPACITY];
  private int length;

  /// @param bodyHash 64 lower-case hexadecimal digits
  void build(RequestHead head, String signedHeaders, boolean inQuery, byte[] bodyHash) {
    if (octets.length > KEPT_CAPACITY) {
      octets = new byte[FIRST_CAPACITY];
    }
    length = 0;
    append(head.method());
    append('\n');
    path(head.path());
    append('\n');
    query(head.query(), inQuery);
    append('\n');
    headers(signedHeaders, head.headers());
    append('\n');
    append(signedHeaders);
    append('\n');
    append(bodyHash);
  }

  byte[] octets() {
    return octets;
  }

  int length() {
    return length;
  }

  private void path(String path) {
    if (path.isEmpty()) {
      append('/');
      return;
    }
    // Every service but S3 encodes the path as it is on the wire once more.
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/') {
        append('/');
      } else {
        encoded((byte) c);
      }
    }
  }

  private void query(String query, boolean signed) {
    if (query.isEmpty()) {
      return;
    }
    List<String> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (parameter.isEmpty() || (signed && parameter.startsWith("X-Amz-Signature="))) {
        continue;
      }
      parameters.add(normal(parameter));
    }
    Collections.sort(parameters);
    for (int i = 0; i < parameters.size(); i++) {
      if (i > 0) {
        append('&');
      }
      append(parameters.get(i));
    }
  }

  /// A parameter decoded and encoded again, so that equal ones look equal. `\u0000` never comes out
  /// of the encoding, and `=` sorts below every unreserved character but `-` and `.`; names of AWS
  /// parameters do not end in either.
  private static String normal(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    String value = equals < 0 ? "" : parameter.substring(equals + 1);
    CanonicalRequest one = new CanonicalRequest();
    for (byte b : Claim.decoded(name).getBytes(StandardCharsets.UTF_8)) {
      one.encoded(b);
    }
    one.append('=');
    for (byte b : Claim.decoded(value).getBytes(StandardCharsets.UTF_8)) {
      one.encoded(b);
    }
    return new String(one.octets, 0, one.length, StandardCharsets.US_ASCII);
  }

  private void headers(String signedHeaders, MultiMap headers) {
    int from = 0;
    while (from <= signedHeaders.length()) {
      int semicolon = signedHeaders.indexOf(';', from);
      int to = semicolon < 0 ? signedHeaders.length() : semicolon;
      String name = signedHeaders.substring(from, to);
      append(name);
      append(':');
      value(name, headers);
      append('\n');
      from = to + 1;
    }
  }

  private void value(String name, MultiMap headers) {
    boolean first = true;
    for (String value : headers.getAll(name)) {
      if (!first) {
        append(',');
      }
      first = false;
      collapsed(value);
    }
  }

  /// Spaces at both ends go, several in a row become one.
  private void collapsed(String value) {
    int end = value.length();
    while (end > 0 && isSpace(value.charAt(end - 1))) {
      end--;
    }
    boolean space = true;
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (!isSpace(c)) {
        append(c);
        space = false;
      } else if (!space) {
        append(' ');
        space = true;
      }
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private void encoded(byte b) {
    char c = (char) (b & 0xff);
    boolean unreserved =
        (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || c == '-'
            || c == '_'
            || c == '.'
            || c == '~';
    if (unreserved) {
      append(c);
    } else {
      append('%');
      append((char) UPPER_HEX[c >> 4]);
      append((char) UPPER_HEX[c & 0xf]);
    }
  }

  /// Header text holds one byte of the wire per character.
  private void append(char c) {
    if (length == octets.length) {
      octets = Arrays.copyOf(octets, octets.length * 2);
    }
    octets[length++] = (byte) c;
  }

  private void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i));
    }
  }

  private void append(byte[] ascii) {
    for (byte b : ascii) {
      append((char) b);
    }
  }
}
