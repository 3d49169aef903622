package dev.partita.cluster.peer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Connects to one other pod: its name is looked up and the certificates are taken anew for every
/// attempt, since a pod may come back with another address and certificates are exchanged while we
/// run. Belongs to one event loop.
final class Dialler {
  private final Context context;
  private final HostNames names;
  private final String host;
  private final int port;
  private final Supplier<@Nullable PeerTls> tls;
  private final NetClient client;
  private int attempts;

  /// @param tls null in the clear
  Dialler(
      Vertx vertx,
      Context context,
      HostNames names,
      String host,
      int port,
      Supplier<@Nullable PeerTls> tls) {
    this.context = context;
    this.names = names;
    this.host = host;
    this.port = port;
    this.tls = tls;
    client =
        vertx.createNetClient(
            new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout((int) PeerLimits.HELLO_TIMEOUT_MILLIS));
  }

  /// On the context; so is the result.
  Future<NetSocket> dial() {
    Promise<NetSocket> dialled = Promise.promise();
    var _ =
        names
            .find(host)
            .whenComplete(
                (addresses, failure) ->
                    context.runOnContext(
                        _ -> {
                          if (failure != null) {
                            dialled.fail(
                                failure instanceof CompletionException e && e.getCause() != null
                                    ? e.getCause()
                                    : failure);
                          } else {
                            client.connect(options(addresses)).onComplete(dialled);
                          }
                        }));
    return dialled.future();
  }

  private ConnectOptions options(List<InetAddress> addresses) {
    InetAddress address = addresses.get(Math.floorMod(attempts++, addresses.size()));
    ConnectOptions options =
        new ConnectOptions()
            .setRemoteAddress(
                SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)));
    PeerTls secure = tls.get();
    return secure == null
        ? options
        // The certificate is checked against the name, not against the address it stood for.
        : options.setHost(host).setPort(port).setSsl(true).setSslOptions(secure.dialling());
  }

  Future<Void> close() {
    return client.close();
  }
}
