package dev.partita.server.pod;

import dev.partita.cluster.PodAddress;
import dev.partita.cluster.PodConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A list of all pods of a cluster, one `NAME/ZONE@HOST:PORT` a line; `#` begins a comment. Read
/// once it is there and names this pod.
public final class PodsFile {

  private static final Logger log = LoggerFactory.getLogger(PodsFile.class);

  private static final Pattern POD =
      Pattern.compile("(?<name>[^/@\\s]+)/(?<zone>[^/@\\s]+)@(?<host>\\S+):(?<port>[0-9]{1,5})");

  /// How often the file is looked for, in milliseconds.
  private static final long LOOK_MILLIS = 250;

  /// How often the log is told what is missing, in seconds, if it stays the same.
  private static final long TELL_SECONDS = 60;

  /// A bound on what is read, in bytes.
  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final String name;
  private final Function<List<PodAddress>, PodConfig> config;

  /// @param name of this pod
  /// @param config made of the list; throws an IllegalArgumentException if there can be none
  public PodsFile(Path file, String name, Function<List<PodAddress>, PodConfig> config) {
    this.file = file;
    this.name = name;
    this.config = config;
  }

  String name() {
    return name;
  }

  /// One pod of a list.
  ///
  /// @param text `NAME/ZONE@HOST:PORT`
  /// @throws IllegalArgumentException if it is something else
  public static PodAddress address(String text) {
    Matcher m = POD.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("expected NAME/ZONE@HOST:PORT, got '" + text + "'");
    }
    return new PodAddress(
        m.group("name"), m.group("zone"), m.group("host"), Integer.parseInt(m.group("port")));
  }

  /// Waits until two looks in a row found the same list with this pod in it: the file may be seen
  /// half written.
  PodConfig await() throws InterruptedException {
    @Nullable List<PodAddress> last = null;
    String told = "";
    long toldAt = 0;
    while (true) {
      String missing;
      try {
        List<PodAddress> found = read();
        if (found.stream().anyMatch(pod -> pod.name().equals(name))) {
          if (found.equals(last)) {
            return config.apply(found);
          }
          missing = "";
        } else {
          missing = file + " does not name " + name;
        }
        last = found;
      } catch (IOException e) {
        last = null;
        missing = String.valueOf(e.getMessage());
      }
      long now = System.nanoTime();
      boolean again = TimeUnit.NANOSECONDS.toSeconds(now - toldAt) >= TELL_SECONDS;
      if (!missing.isEmpty() && (!missing.equals(told) || again)) {
        told = missing;
        toldAt = now;
        log.info("waiting to be told where the pods are: {}", missing);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /// @throws IOException if there is no such list; the message says what is wrong, and where
  private List<PodAddress> read() throws IOException {
    List<PodAddress> pods = new ArrayList<>();
    int number = 0;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!text.isEmpty()) {
          pods.add(address(text));
        }
      }
      return pods;
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
    }
  }
}
