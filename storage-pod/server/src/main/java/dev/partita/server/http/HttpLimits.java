package dev.partita.server.http;

import java.time.Duration;

/// Bounds of the front door, over the whole process. What is above a bound is refused with an error
/// that SDKs retry, or closed.
///
/// @param maxConnections open at once; more are closed at once
/// @param maxInFlight requests between their header and their answer
/// @param maxBodyBytes bodies held in memory by requests in flight
/// @param maxAnswerBytes answers in memory that their clients have not taken yet, and long ones
///   that are about to be written; above it reads are refused, and so is what has not begun
/// @param headerTimeout from accepting a connection to its first whole header
/// @param bodyTimeout from a header to the end of its body
/// @param answerTimeout from the end of a body to the answer: above every bound inside (5 s for
///   items, 20 s for a page, which is below that as a rule), so that only a fault of ours meets it
/// @param idleTimeout from an answer to the next whole header; above the 60 s for which the AWS SDK
///   for Java keeps idle connections
/// @param drainTimeout for requests in flight when the server closes
public record HttpLimits(
    int maxConnections,
    int maxInFlight,
    long maxBodyBytes,
    long maxAnswerBytes,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration answerTimeout,
    Duration idleTimeout,
    Duration drainTimeout) {

  /// Largest request body, also after inflation, in bytes.
  public static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  /// Largest answer. The items of a page and of a `BatchGetItem` are bounded in JSON, see
  /// `ToldItems` and `BatchAnswer`; one item alone is up to 68 times as long in JSON as its 400 KB.
  public static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;

  /// Largest request line and largest header block, in bytes each.
  public static final int MAX_HEADER_BYTES = 16 * 1024;

  /// Body bytes that are read and thrown away so that a client with a too large body hears its
  /// error; a body announced as larger is cut off.
  static final int MAX_DISCARDED_BYTES = 4 * MAX_BODY_BYTES;

  /// Answers up to this size are not counted: there are at most as many as connections.
  static final int SMALL_ANSWER_BYTES = 16 * 1024;

  /// The same with other bounds on what is in memory, in bytes; one body and one answer of the
  /// largest size fit anyway.
  public HttpLimits withMemory(long bodies, long answers) {
    return new HttpLimits(
        maxConnections,
        maxInFlight,
        Math.max(MAX_BODY_BYTES, bodies),
        Math.max(MAX_ANSWER_BYTES, answers),
        headerTimeout,
        bodyTimeout,
        answerTimeout,
        idleTimeout,
        drainTimeout);
  }

  public static HttpLimits standard() {
    return new HttpLimits(
        4_096,
        2_048,
        128L * 1024 * 1024,
        128L * 1024 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(75),
        Duration.ofSeconds(10));
  }
}
