package dev.partita.cluster.peer;

/// Bounds of peer traffic, in one place. Relations: a frame holds the largest log entry several
/// times over; a queue holds at least two frames; a link is given up well before the 3 seconds
/// within which a failover must be over.
public final class PeerLimits {

  /// Longest frame, header included, in bytes.
  public static final int MAX_FRAME_BYTES = 16 << 20;

  /// Longest first frame of a connection, in bytes: nobody may make us allocate before the hello.
  public static final int MAX_HELLO_BYTES = 1 << 10;

  /// Consensus messages waiting for one pod, in bytes. Above it they are dropped.
  public static final long MAX_QUEUED_MESSAGE_BYTES = 48L << 20;

  /// Requests waiting to be written to one pod, in bytes. Above it they are refused.
  public static final long MAX_QUEUED_REQUEST_BYTES = 32L << 20;

  /// Requests to one pod without an answer, in requests. Above it they are refused.
  public static final int MAX_REQUESTS_IN_FLIGHT = 4_096;

  /// Answers waiting for one pod, and {@link #ANSWER_RESERVE_BYTES} for every request of it in
  /// service, in bytes. Above it requests are refused and answers longer than their share thrown
  /// away, so the sum never passes it: 80 items of 400 KiB fit. When that much waits to be written,
  /// refusals included, nothing more is read from that pod.
  public static final long MAX_QUEUED_ANSWER_BYTES = 32L << 20;

  /// What a request in service counts until its answer is there, in bytes. A common answer is
  /// shorter and so never thrown away. 64 requests at a time count 512 KiB, a 64th of the bound;
  /// the bound is reached by 4,096, as many as a pod may send ({@link #MAX_REQUESTS_IN_FLIGHT}).
  public static final int ANSWER_RESERVE_BYTES = 8 << 10;

  /// Frames gathered into one write to the socket, in bytes; one frame may stick out.
  public static final int WRITE_BATCH_BYTES = 256 << 10;

  /// Bytes handed to a socket and not yet taken by the kernel, above which writing waits.
  public static final int SOCKET_QUEUE_BYTES = 1 << 20;

  /// Accepted connections, said hello or not.
  public static final int MAX_ACCEPTED_CONNECTIONS = 256;

  /// Time for connecting and for the hello, in milliseconds.
  public static final long HELLO_TIMEOUT_MILLIS = 2_000;

  /// Time for a TLS handshake, in milliseconds: longer than the hello's, for two pods that have
  /// just started on few cores.
  public static final long TLS_HANDSHAKE_MILLIS = 5_000;

  /// A link that is down says why after this time, in milliseconds, then after twice as long, and
  /// so on.
  public static final long FIRST_COMPLAINT_MILLIS = 5_000;

  /// The longest pause between two such complaints, in milliseconds.
  public static final long MAX_COMPLAINT_MILLIS = 600_000;

  /// Step of the timer that looks for overdue requests and silent peers, in milliseconds.
  public static final long TICK_MILLIS = 100;

  /// A ping goes out this often, in milliseconds.
  public static final long PING_INTERVAL_MILLIS = 500;

  /// A peer that does not answer pings for this long is taken for gone, in milliseconds.
  public static final long SILENCE_LIMIT_MILLIS = 2_000;

  /// First pause before a new attempt to connect, in milliseconds; doubled per failure, with
  /// jitter.
  public static final long RECONNECT_MIN_MILLIS = 50;

  /// Longest pause before a new attempt to connect, in milliseconds, before jitter.
  public static final long RECONNECT_MAX_MILLIS = 1_000;

  private PeerLimits() {}
}
