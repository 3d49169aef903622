package dev.partita.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// How an answer's body is encoded: as DynamoDB does, only above {@link #MIN_BYTES} and only if
/// asked.
enum Encoding {
  IDENTITY("identity"),
  GZIP("gzip"),
  DEFLATE("deflate");

  /// Bodies up to this size are never encoded.
  static final int MIN_BYTES = 4_096;

  private static final int BUFFER_BYTES = 16 * 1024;

  private static final Pattern ZERO_WEIGHT = Pattern.compile("(?:^|;)\\s*q=0(?:\\.0*)?\\s*(?:;|$)");

  private final String token;

  Encoding(String token) {
    this.token = token;
  }

  /// Value of `Content-Encoding`.
  String token() {
    return token;
  }

  /// Picks gzip before deflate, whatever their weights; a weight of 0 forbids.
  static Encoding of(@Nullable String acceptEncoding, int bodyBytes) {
    if (acceptEncoding == null || bodyBytes <= MIN_BYTES) {
      return IDENTITY;
    }
    if (accepts(acceptEncoding, "gzip")) {
      return GZIP;
    }
    return accepts(acceptEncoding, "deflate") ? DEFLATE : IDENTITY;
  }

  private static boolean accepts(String header, String token) {
    for (String part : header.split(",", -1)) {
      int semicolon = part.indexOf(';');
      String name = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
      if (name.equalsIgnoreCase(token) || name.equals("*")) {
        return semicolon < 0 || !isForbidden(part.substring(semicolon + 1));
      }
    }
    return false;
  }

  /// @param parameters what is behind the first semicolon
  private static boolean isForbidden(String parameters) {
    return ZERO_WEIGHT.matcher(parameters).find();
  }

  byte[] encode(byte[] body) {
    return switch (this) {
      case IDENTITY -> body;
      case GZIP -> gzip(body);
      case DEFLATE -> deflate(body);
    };
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER_BYTES)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater, BUFFER_BYTES)) {
      deflate.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }
}
