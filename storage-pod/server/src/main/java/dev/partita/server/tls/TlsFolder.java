package dev.partita.server.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where certificates are found: `tls.crt`, `tls.key` and, where others must show theirs, `ca.crt`.
///
/// @param path the folder
/// @param authorities whether `ca.crt` is needed
public record TlsFolder(Path path, boolean authorities) {

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String AUTHORITIES = "ca.crt";

  /// A bound on what is read of one file, in bytes.
  private static final long MAX_BYTES = 256 << 10;

  /// What the files said at one look; they need not fit together.
  record Look(byte[] certificate, byte[] key, byte @Nullable [] authorities) {

    boolean sameAs(@Nullable Look other) {
      return other != null
          && Arrays.equals(certificate, other.certificate)
          && Arrays.equals(key, other.key)
          && Arrays.equals(authorities, other.authorities);
    }
  }

  /// @throws IOException naming the file that is missing or cannot be read
  Look look() throws IOException {
    return new Look(bytes(CERTIFICATE), bytes(KEY), authorities ? bytes(AUTHORITIES) : null);
  }

  /// @throws IOException naming the file that makes no sense, or saying that key and certificate do
  ///   not fit
  TlsMaterial material(Look files, Vertx vertx) throws IOException {
    return TlsMaterial.of(
        vertx,
        Buffer.buffer(files.certificate),
        path.resolve(CERTIFICATE),
        Buffer.buffer(files.key),
        path.resolve(KEY),
        files.authorities == null ? null : Buffer.buffer(files.authorities),
        path.resolve(AUTHORITIES));
  }

  private byte[] bytes(String name) throws IOException {
    Path file = path.resolve(name);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
  }
}
