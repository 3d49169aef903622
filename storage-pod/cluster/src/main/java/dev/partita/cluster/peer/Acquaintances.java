package dev.partita.cluster.peer;

import dev.partita.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which data each other pod had when this pod first met it, kept in a file:
///
/// ```
/// partita peers 1
/// pod NAME DATA-ID      one line per pod met
/// joined                once every other pod has met this one
/// ```
///
/// Consensus rests on a replica never forgetting what it voted for and acknowledged. A pod that
/// comes back under its name with an empty folder has forgotten: its vote, and with it the
/// majority, could bring a log to power that lacks acknowledged writes. So it is turned away. That
/// this sees every such pod is due to {@link #join}: a new pod takes no part before all others know
/// its data. Thread-safe.
public final class Acquaintances {
  private static final String FORMAT_LINE = "partita peers 1";
  private static final String POD = "pod";
  private static final String JOINED = "joined";

  private final Path file;
  private final String self;
  private final Map<String, String> dataOf = new TreeMap<>();
  private boolean joined;

  private Acquaintances(Path file, String self) {
    this.file = file;
    this.self = self;
  }

  /// Reads what is known.
  ///
  /// @param file need not be there yet; its folder must
  /// @param self id of this pod's own data, see {@link Hello#data}
  /// @throws IOException if it cannot be read, or is not such a file
  public static Acquaintances open(Path file, String self) throws IOException {
    Acquaintances acquaintances = new Acquaintances(file, self);
    if (Files.exists(file)) {
      acquaintances.read(Files.readAllLines(file));
    }
    return acquaintances;
  }

  private void read(List<String> lines) throws IOException {
    if (lines.isEmpty() || !lines.getFirst().equals(FORMAT_LINE)) {
      throw new IOException(file + " has a format that this version does not know");
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[0].equals(POD)) {
        dataOf.put(words[1], words[2]);
      } else if (line.equals(JOINED)) {
        joined = true;
      } else {
        throw new IOException(file + " has a line that makes no sense: " + line);
      }
    }
  }

  /// Id of this pod's own data.
  String self() {
    return self;
  }

  /// Another pod says which data it has. At a first meeting this blocks until that is durable,
  /// which happens once per pair of pods.
  ///
  /// @throws StrangerException if it had other data before
  /// @throws FrameException if the meeting cannot be made durable
  synchronized void meet(String pod, String data) throws FrameException {
    String known = dataOf.get(pod);
    if (known == null) {
      dataOf.put(pod, data);
      try {
        save();
      } catch (IOException e) {
        dataOf.remove(pod);
        throw new FrameException("cannot note whose data it has: " + e);
      }
    } else if (!known.equals(data)) {
      throw new StrangerException(
          pod
              + " comes with the data folder "
              + data
              + " but took part with "
              + known
              + ": what it acknowledged is not in this one. Give it its old folder back;"
              + " replacing lost data is not possible in this version");
    }
  }

  /// Whether this pod may take part from the start.
  public synchronized boolean joined() {
    return joined;
  }

  /// Every other pod knows this one's data. Blocks until that is durable.
  public synchronized void join() throws IOException {
    joined = true;
    save();
  }

  private void save() throws IOException {
    StringBuilder text = new StringBuilder(FORMAT_LINE).append('\n');
    dataOf.forEach(
        (pod, data) ->
            text.append(POD).append(' ').append(pod).append(' ').append(data).append('\n'));
    if (joined) {
      text.append(JOINED).append('\n');
    }
    DurableFiles.write(file, text.toString());
  }
}
