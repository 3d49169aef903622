package dev.partita.testing.apiserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// etcd and kube-apiserver, in a folder of their own.
final class Servers implements AutoCloseable {

  private static final int RSA_BITS = 2048;
  private static final int TOKEN_BYTES = 16;

  /// Never routed: for benchmarks of networks (RFC 2544).
  private static final String SERVICE_RANGE = "198.18.0.0/24";

  private final Child etcd;
  private final Child apiServer;
  private final URI url;
  private final Path certificate;
  private final String token;

  private Servers(Child etcd, Child apiServer, URI url, Path certificate, String token) {
    this.etcd = etcd;
    this.apiServer = apiServer;
    this.url = url;
    this.certificate = certificate;
    this.token = token;
  }

  static Servers start(Binaries binaries, Path folder)
      throws IOException, GeneralSecurityException {
    String token = newToken();
    Path tokens =
        Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS);
    KeyPair pair = generator.generateKeyPair();
    Path privateKey = pem(folder.resolve("sa.key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
    Path publicKey = pem(folder.resolve("sa.pub"), "PUBLIC KEY", pair.getPublic().getEncoded());

    int etcdPort = freePort();
    Child etcd = Child.start(folder.resolve("etcd.log"), etcd(binaries, folder, etcdPort));
    int port = freePort();
    Path certificates = folder.resolve("certificates");
    Child apiServer =
        Child.start(
            folder.resolve("apiserver.log"),
            List.of(
                binaries.apiServer().toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + certificates,
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + privateKey,
                "--service-account-key-file=" + publicKey,
                "--service-cluster-ip-range=" + SERVICE_RANGE,
                // Nobody makes service accounts here, and pods shall be creatable all the same.
                "--disable-admission-plugins=ServiceAccount",
                "--endpoint-reconciler-type=none",
                "--profiling=false",
                "--allow-privileged=true"));
    return new Servers(
        etcd,
        apiServer,
        URI.create("https://127.0.0.1:" + port),
        certificates.resolve("apiserver.crt"),
        token);
  }

  private static List<String> etcd(Binaries binaries, Path folder, int port) throws IOException {
    String client = "http://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + freePort();
    return List.of(
        binaries.etcd().toString(),
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--logger=zap",
        "--log-level=warn");
  }

  URI url() {
    return url;
  }

  /// What the API server shows; it vouches for itself.
  Path certificate() {
    return certificate;
  }

  /// The administrator's.
  String token() {
    return token;
  }

  boolean isAlive() {
    return etcd.isAlive() && apiServer.isAlive();
  }

  /// What both said last.
  String tail() {
    return "etcd:\n" + etcd.tail() + "\nkube-apiserver:\n" + apiServer.tail();
  }

  @Override
  public void close() {
    apiServer.close();
    etcd.close();
  }

  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Path pem(Path file, String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
