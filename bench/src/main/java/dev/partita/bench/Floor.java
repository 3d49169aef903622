package dev.partita.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.server.auth.RequestHead;
import dev.partita.server.auth.SecretKey;
import dev.partita.server.auth.SignatureVerifier;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// What a signed GetItem costs at the least: the same HTTP server with the same settings, which
/// reads the whole body, parses its JSON, verifies the signature, gets 1 KB from RocksDB and
/// answers it with its checksum. It knows no tables, no items and no errors.
///
/// Arguments: a port and an empty folder.
final class Floor {

  private static final int VALUE_BYTES = 1_024;

  private Floor() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    RocksDB.loadLibrary();
    RocksDB db = RocksDB.open(new Options().setCreateIfMissing(true), Path.of(args[1]).toString());
    Random random = new Random(1);
    for (int i = 0; i < Workload.ITEMS; i++) {
      byte[] value = new byte[VALUE_BYTES];
      for (int b = 0; b < VALUE_BYTES; b++) {
        value[b] = (byte) ('a' + random.nextInt(26));
      }
      db.put("item#%08d".formatted(i).getBytes(StandardCharsets.UTF_8), value);
    }
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    int loops = Runtime.getRuntime().availableProcessors();
    vertx
        .deployVerticle(() -> new Loop(db, port), new DeploymentOptions().setInstances(loops))
        .await(30, TimeUnit.SECONDS);
  }

  private static final class Loop extends VerticleBase {
    private final RocksDB db;
    private final int port;
    private final JsonFactory json = new JsonFactory();
    private final CRC32 crc = new CRC32();
    private final SignatureVerifier verifier =
        new SignatureVerifier(
            id ->
                id.equals(PartitaDev.CREDENTIALS.accessKeyId())
                    ? SecretKey.of(id, PartitaDev.CREDENTIALS.secretAccessKey(), "000000000000")
                    : null,
            PartitaDev.REGION,
            InstantSource.system());

    Loop(RocksDB db, int port) {
      this.db = db;
      this.port = port;
    }

    @Override
    public Future<?> start() {
      return vertx
          .createHttpServer(
              new HttpServerOptions()
                  .setHost("127.0.0.1")
                  .setPort(port)
                  .setTcpNoDelay(true)
                  .setPerMessageWebSocketCompressionSupported(false)
                  .setPerFrameWebSocketCompressionSupported(false))
          .requestHandler(r -> r.body().onSuccess(body -> answer(r, body.getBytes())))
          .listen();
    }

    private void answer(HttpServerRequest request, byte[] body) {
      verifier.authenticate(new RequestHead("POST", "/", "", request.headers()), body);
      byte[] value;
      try {
        String key = key(body);
        value = key == null ? null : db.get(key.getBytes(StandardCharsets.UTF_8));
      } catch (IOException | RocksDBException e) {
        throw new IllegalStateException(e);
      }
      if (value == null) {
        request.response().setStatusCode(400).end();
        return;
      }
      crc.reset();
      crc.update(value);
      request
          .response()
          .putHeader("Content-Type", "application/x-amz-json-1.0")
          .putHeader("x-amz-crc32", Long.toString(crc.getValue()))
          .end(Buffer.buffer(value));
    }

    /// The value of `Key.pk.S`.
    private @Nullable String key(byte[] body) throws IOException {
      try (JsonParser parser = json.createParser(body)) {
        String found = null;
        for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
          if (t == JsonToken.VALUE_STRING && parser.currentName().equals("S")) {
            found = parser.getText();
          }
        }
        return found;
      }
    }
  }
}
