package dev.partita.server.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Access keys in the file format of the AWS tools, so that the same file serves clients too
/// (`AWS_SHARED_CREDENTIALS_FILE`). Each section is one pair; its name does not matter:
///
/// ```
/// [default]
/// aws_access_key_id = PARTITA3EXAMPLEKEYID
/// aws_secret_access_key = ...
/// ```
public final class CredentialFile {

  /// A bound on what is read; a thousand pairs fit.
  static final long MAX_BYTES = 256 << 10;

  /// Environment variables that hold a pair instead of a file.
  public static final String ID_VARIABLE = "PARTITA_ACCESS_KEY_ID";

  public static final String SECRET_VARIABLE = "PARTITA_SECRET_ACCESS_KEY";

  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String BASE62 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String ID_PREFIX = "PARTITA";
  private static final int ID_LENGTH = 20;
  private static final int SECRET_LENGTH = 40;

  private CredentialFile() {}

  /// Reads a file.
  ///
  /// @return at least one key, in the order of the file
  /// @throws IOException if it cannot be read, or is not such a file; the message names file and
  ///   line
  public static List<AccessKey> read(Path file) throws IOException {
    return parse(file, text(file));
  }

  /// What stands in a file.
  static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too large for a credentials file");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /// Whether there is no setting at all in a text: it was emptied, which is no mistake.
  static boolean isEmpty(String text) {
    return text.lines()
        .map(String::strip)
        .allMatch(line -> line.isEmpty() || "#;[".indexOf(line.charAt(0)) >= 0);
  }

  /// @param file for the messages
  static List<AccessKey> parse(Path file, String text) throws IOException {
    List<AccessKey> keys = new ArrayList<>();
    String id = null;
    String secret = null;
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.startsWith("[")) {
        id = null;
        secret = null;
      }
      int equals = line.indexOf('=');
      if (line.isEmpty() || "#;[".indexOf(line.charAt(0)) >= 0) {
        continue;
      }
      if (equals < 0) {
        throw new IOException(file + ":" + number + ": expected 'name = value'");
      }
      String value = line.substring(equals + 1).strip();
      switch (line.substring(0, equals).strip()) {
        case ID -> id = value;
        case SECRET -> secret = value;
        default -> {
          // Other tools' settings may stand in the same file.
        }
      }
      if (id != null && secret != null) {
        keys.add(key(file, number, id, secret));
        id = null;
        secret = null;
      }
    }
    if (keys.isEmpty()) {
      throw new IOException(
          file + " holds no credentials: it needs " + ID + " and " + SECRET + " in a section");
    }
    return List.copyOf(keys);
  }

  /// Reads the file, or makes it with one new random pair, readable by its owner alone. Where two
  /// processes start at once, both get the pair of the one that came first.
  public static List<AccessKey> readOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file, random(new SecureRandom()));
    }
    return read(file);
  }

  /// The pair in the environment variables of Partita.
  ///
  /// @return null if neither is set
  /// @throws IOException if only one is set, or one is malformed
  public static @Nullable AccessKey fromEnvironment(@Nullable String id, @Nullable String secret)
      throws IOException {
    if (id == null && secret == null) {
      return null;
    }
    if (id == null || secret == null) {
      throw new IOException("set both " + ID_VARIABLE + " and " + SECRET_VARIABLE + ", or neither");
    }
    try {
      return new AccessKey(id, secret);
    } catch (IllegalArgumentException e) {
      throw new IOException(ID_VARIABLE + ", " + SECRET_VARIABLE + ": " + e.getMessage(), e);
    }
  }

  private static AccessKey key(Path file, int line, String id, String secret) throws IOException {
    try {
      return new AccessKey(id, secret);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ":" + line + ": " + e.getMessage(), e);
    }
  }

  /// Writes a file that its owner alone can read, or replaces it as a whole. What it held before is
  /// kept beside it as `<name>.old`.
  public static void replace(Path file, List<AccessKey> keys) throws IOException {
    Path draft = draft(file, "# Written by a start that was told these keys.", keys);
    try {
      if (Files.exists(file)) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".old"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void create(Path file, AccessKey key) throws IOException {
    Path draft = draft(file, "# Made at the first start.", List.of(key));
    try {
      // A link is made whole or not at all, and never over a file that is there.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Path draft(Path file, String comment, List<AccessKey> keys) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is not a file");
    }
    StringBuilder text = new StringBuilder(comment);
    text.append(" Clients may use this file: AWS_SHARED_CREDENTIALS_FILE.\n");
    for (AccessKey key : keys) {
      boolean first = text.indexOf("[") < 0;
      text.append('[').append(first ? "default" : key.id()).append("]\n");
      text.append(ID).append(" = ").append(key.id()).append('\n');
      text.append(SECRET).append(" = ").append(key.secret()).append('\n');
    }
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".credentials", ".tmp");
    try {
      if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      }
      return Files.writeString(draft, text);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  private static AccessKey random(SecureRandom random) {
    StringBuilder id = new StringBuilder(ID_PREFIX);
    while (id.length() < ID_LENGTH) {
      id.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    StringBuilder secret = new StringBuilder();
    while (secret.length() < SECRET_LENGTH) {
      secret.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    return new AccessKey(id.toString(), secret.toString());
  }
}
