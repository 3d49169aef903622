package dev.partita.server.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of manifests: what it said last, and whether that is carried out.
///
/// Many programs save by emptying a file and filling it again, so a single look may see half of it,
/// and the tables of the other half as gone. What it says counts once two looks in a row found the
/// same.
final class FollowedFile {

  private static final Logger log = LoggerFactory.getLogger(FollowedFile.class);

  /// Bytes of one file.
  private static final long MAX_BYTES = 4 << 20;

  private enum Standing {
    WAITING,
    DONE,
    BROKEN
  }

  private final Path path;

  /// Null if the last look could not read the file.
  private @Nullable Look last;

  /// Whether the last two looks found the same.
  private boolean quiet;

  /// What was found when it was quiet last.
  private String text;

  private List<TableManifest> manifests;
  private Standing standing = Standing.WAITING;
  private String told = "";

  private FollowedFile(Path path, Look first) throws ManifestException {
    this.path = path;
    this.last = first;
    this.text = first.text;
    this.manifests = ManifestReader.read(path, first.text);
  }

  /// Looks for the first time.
  static FollowedFile read(Path path) throws ManifestException {
    return new FollowedFile(path, Look.at(path));
  }

  Path path() {
    return path;
  }

  /// Tables of the last text that made sense.
  List<TableManifest> manifests() {
    return manifests;
  }

  /// Looks again. Mistakes are logged once.
  ///
  /// @return whether there is something new to carry out
  boolean look() {
    Look now;
    try {
      now = Look.at(path);
    } catch (ManifestException e) {
      last = null;
      quiet = false;
      // Between the two steps of a replacement there is no file; say it once if it stays so.
      if (!e.getMessage().equals(told)) {
        told = e.getMessage();
        log.warn("{}", told);
      }
      return false;
    }
    told = "";
    if (!now.equals(last)) {
      last = now;
      quiet = false;
      return false;
    }
    if (quiet) {
      return false;
    }
    quiet = true;
    return !now.text.equals(text) && changed(now.text);
  }

  private boolean changed(String now) {
    text = now;
    try {
      manifests = ManifestReader.read(path, now);
      standing = Standing.WAITING;
      return true;
    } catch (ManifestException e) {
      standing = Standing.BROKEN;
      log.error("{}", e.getMessage());
      return false;
    }
  }

  boolean waits() {
    return standing == Standing.WAITING;
  }

  void done() {
    standing = Standing.DONE;
  }

  /// Whether what it says now is known and carried out.
  boolean isSettled() {
    return quiet && standing == Standing.DONE;
  }

  /// @param modified catches a writer that has not come further between two looks
  private record Look(String text, FileTime modified) {

    static Look at(Path path) throws ManifestException {
      try {
        if (Files.size(path) > MAX_BYTES) {
          throw new ManifestException(path, 1, "is larger than " + MAX_BYTES + " bytes");
        }
        // The time goes first: a change after it shows at the next look.
        FileTime modified = Files.getLastModifiedTime(path);
        String text = Files.readString(path, StandardCharsets.UTF_8);
        if (text.isBlank()) {
          throw new ManifestException(
              path,
              1,
              "is empty, as if it were being written; a comment says that no table is meant");
        }
        return new Look(text, modified);
      } catch (NoSuchFileException e) {
        throw new ManifestException(path, 1, "there is no such file");
      } catch (IOException e) {
        throw new ManifestException(path, 1, "cannot be read: " + e);
      }
    }
  }
}
