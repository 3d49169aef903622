package dev.partita.kube.agent;

import dev.partita.kube.Forward;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A port on 127.0.0.1 whose connections go to an address inside another network.
public final class Forwarder implements Forward {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int BACKLOG = 128;

  private final NetworkNamespace network;
  private final InetSocketAddress target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Forwarder(NetworkNamespace network, InetSocketAddress target, ServerSocket server) {
    this.network = network;
    this.target = target;
    this.server = server;
  }

  /// @param target in `network`
  /// @param port to listen on; 0 takes any that is free
  public static Forwarder start(NetworkNamespace network, InetSocketAddress target, int port)
      throws IOException {
    ServerSocket server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    Forwarder forwarder = new Forwarder(network, target, server);
    Thread.ofVirtual().name("forwarder to " + target).start(forwarder::accept);
    return forwarder;
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  /// Ends it, all its connections, and its stay in the network.
  @Override
  public void close() {
    shut(server);
    open.forEach(Forwarder::shut);
    network.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /// Nothing answers behind it: then the client's connection ends, as it would without us.
  private void join(Socket client) {
    try (client;
        SocketChannel channel = network.inside(SocketChannel::open);
        Socket inner = channel.socket()) {
      open.add(inner);
      inner.connect(target, Math.toIntExact(CONNECT_LIMIT.toMillis()));
      client.setTcpNoDelay(true);
      inner.setTcpNoDelay(true);
      Thread back = Thread.ofVirtual().start(() -> copy(inner, client));
      copy(client, inner);
      back.join();
    } catch (IOException _) {
      // Both are closed; each side sees an end.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.removeIf(Socket::isClosed);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException _) {
      // One side broke off: so does the other, or it would wait for ever.
      shut(from);
      shut(to);
    }
  }

  private static void shut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException("a socket does not close", e);
    }
  }
}
