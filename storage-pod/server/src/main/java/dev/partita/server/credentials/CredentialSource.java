package dev.partita.server.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of access keys: what it said when it last made sense.
final class CredentialSource {

  private static final Logger log = LoggerFactory.getLogger(CredentialSource.class);

  private final Path file;
  private List<AccessKey> keys = List.of();

  /// What the last look found: its text, {@link #GONE}, or what went wrong with reading it.
  private @Nullable String last;

  /// Whether the last two looks found the same.
  private boolean quiet;

  private boolean gone;
  private String told = "";

  private static final String GONE = "\0gone";
  private static final String UNREADABLE = "\0unreadable: ";

  private CredentialSource(Path file) {
    this.file = file;
  }

  /// A file that is there when the process starts counts at once.
  static CredentialSource open(Path file) {
    CredentialSource source = new CredentialSource(file);
    source.last = source.found();
    source.take(source.last);
    source.quiet = true;
    return source;
  }

  /// A file that was read already.
  static CredentialSource of(Path file, List<AccessKey> keys) {
    CredentialSource source = new CredentialSource(file);
    source.keys = keys;
    return source;
  }

  /// A file that is new: nothing is known of it until it is looked at.
  static CredentialSource appeared(Path file) {
    return new CredentialSource(file);
  }

  Path file() {
    return file;
  }

  List<AccessKey> keys() {
    return keys;
  }

  /// Whether the file is gone for good.
  boolean isGone() {
    return gone;
  }

  void look() {
    String now = found();
    if (!now.equals(last)) {
      last = now;
      quiet = false;
    } else if (!quiet) {
      quiet = true;
      take(now);
    }
  }

  private String found() {
    if (!Files.isRegularFile(file)) {
      return GONE;
    }
    try {
      return CredentialFile.text(file);
    } catch (IOException e) {
      return UNREADABLE + e.getMessage();
    }
  }

  private void take(String found) {
    gone = found.equals(GONE);
    if (gone) {
      log.info("{} is gone", file);
      return;
    }
    if (found.startsWith(UNREADABLE)) {
      wrong(found.substring(UNREADABLE.length()));
      return;
    }
    if (CredentialFile.isEmpty(found)) {
      if (!keys.isEmpty()) {
        log.info("{} holds no access keys any more", file);
      }
      keys = List.of();
      told = "";
      return;
    }
    try {
      keys = CredentialFile.parse(file, found);
      told = "";
    } catch (IOException e) {
      wrong(Objects.requireNonNullElse(e.getMessage(), "broken"));
    }
  }

  private void wrong(String why) {
    if (!why.equals(told)) {
      told = why;
      log.error("{}; what it said before stays in force: {}", why, keys);
    }
  }
}
