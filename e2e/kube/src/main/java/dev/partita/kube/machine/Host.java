package dev.partita.kube.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What this machine allows this process.
///
/// @param linux whether there are namespaces at all
/// @param root whether this process is root
/// @param capabilities effective ones, by bit
public record Host(boolean linux, boolean root, BigInteger capabilities) {

  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_SYS_RESOURCE = 24;

  public static Host here() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      return new Host(false, false, BigInteger.ZERO);
    }
    try {
      return of(Files.readAllLines(Path.of("/proc/self/status")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param status lines of `/proc/self/status`
  static Host of(List<String> status) {
    boolean root = false;
    BigInteger capabilities = BigInteger.ZERO;
    for (String line : status) {
      if (line.startsWith("Uid:")) {
        root = "0".equals(line.split("\\s+", -1)[2]);
      } else if (line.startsWith("CapEff:")) {
        capabilities = new BigInteger(line.substring("CapEff:".length()).trim(), 16);
      }
    }
    return new Host(true, root, capabilities);
  }

  /// Why nodes cannot be made of namespaces here; empty if they can.
  public List<String> obstacles() {
    if (!linux) {
      return List.of("this is not Linux");
    }
    List<String> obstacles = new ArrayList<>();
    if (!root) {
      obstacles.add("it needs root");
    }
    if (!capabilities.testBit(CAP_SYS_ADMIN)) {
      obstacles.add("it needs CAP_SYS_ADMIN");
    }
    if (!capabilities.testBit(CAP_NET_ADMIN)) {
      obstacles.add("it needs CAP_NET_ADMIN");
    }
    return obstacles;
  }

  /// Whether a process may make another less likely to be killed when memory runs out. Where it may
  /// not, runc fails with words that do not say so, unless containerd is told.
  boolean lowersOomScore() {
    return capabilities.testBit(CAP_SYS_RESOURCE);
  }
}
