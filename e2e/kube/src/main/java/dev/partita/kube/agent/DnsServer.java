package dev.partita.kube.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// The cluster's name server, on UDP and TCP.
final class DnsServer implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(DnsServer.class.getName());
  private static final int MAX_UDP_BYTES = 512;
  private static final int MAX_QUERY_BYTES = 4096;
  private static final Duration TCP_IDLE_LIMIT = Duration.ofSeconds(10);

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Supplier<ServiceNames> names;

  private DnsServer(DatagramSocket udp, ServerSocket tcp, Supplier<ServiceNames> names) {
    this.udp = udp;
    this.tcp = tcp;
    this.names = names;
  }

  /// @param names asked anew for each query
  static DnsServer start(
      NetworkNamespace network, InetSocketAddress address, Supplier<ServiceNames> names)
      throws IOException {
    DnsServer server =
        new DnsServer(
            network.inside(() -> new DatagramSocket(address)),
            network.inside(
                () -> {
                  ServerSocket socket = new ServerSocket();
                  socket.bind(address);
                  return socket;
                }),
            names);
    Thread.ofVirtual().name("dns udp").start(server::serveUdp);
    Thread.ofVirtual().name("dns tcp").start(server::serveTcp);
    return server;
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  private void serveUdp() {
    byte[] buffer = new byte[MAX_QUERY_BYTES];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] query = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answer(query, MAX_UDP_BYTES);
        udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        if (!udp.isClosed()) {
          LOG.log(Level.FINE, "a query that is none, or a client that is gone", e);
        }
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket client = tcp.accept();
        Thread.ofVirtual().start(() -> converse(client));
      } catch (IOException e) {
        if (!tcp.isClosed()) {
          LOG.log(Level.WARNING, "cannot take a connection", e);
        }
      }
    }
  }

  /// Each message has its length before it.
  private void converse(Socket client) {
    try (client) {
      client.setSoTimeout(Math.toIntExact(TCP_IDLE_LIMIT.toMillis()));
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] answer = answer(query, Message.MAXLENGTH);
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "a conversation ended", e);
    }
  }

  private byte[] answer(byte[] query, int maxBytes) throws IOException {
    Message answer = Answers.answer(new Message(query), names.get());
    byte[] bytes = answer.toWire();
    if (bytes.length > maxBytes) {
      // The client asks again by TCP.
      answer.removeAllRecords(Section.ANSWER);
      answer.getHeader().setFlag(Flags.TC);
      bytes = answer.toWire();
    }
    return bytes;
  }
}
