package dev.partita.kube.tools;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// The programs that distributions have, by the name of the Debian package that brings them.
public final class DebianPackages {

  /// A program and its package.
  ///
  /// @param program a name to look for on the PATH, or an absolute path
  public record Need(String program, String debianPackage) {}

  /// Debian's place for the plugins; it is not the one that containerd looks at by itself.
  public static final Path CNI_PLUGINS = Path.of("/usr/lib/cni");

  static final List<Need> NEEDS =
      List.of(
          new Need("etcd", "etcd-server"),
          new Need("containerd", "containerd"),
          new Need("ctr", "containerd"),
          new Need("runc", "runc"),
          new Need(CNI_PLUGINS.resolve("ptp").toString(), "containernetworking-plugins"),
          new Need("nft", "nftables"),
          new Need("ip", "iproute2"),
          new Need("nsenter", "util-linux"),
          new Need("mount", "mount"),
          new Need("tar", "tar"));

  /// Where administrators' programs are, although a user's PATH may lack them.
  private static final List<String> ALSO = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

  private static final Logger LOG = Logger.getLogger(DebianPackages.class.getName());
  private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

  private DebianPackages() {}

  /// Installs what is missing where that is possible.
  ///
  /// @throws ClusterException that says what to install, where it is not
  public static void ensure(Progress progress) {
    List<String> missing = missing();
    if (missing.isEmpty()) {
      return;
    }
    String names = String.join(" ", missing);
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!root || find("apt-get").isEmpty()) {
      throw new ClusterException(
          "these programs are missing; on Debian: apt-get install --no-install-recommends "
              + names);
    }
    progress.say("installing Debian packages: " + names);
    install(missing);
    if (!missing().isEmpty()) {
      throw new ClusterException(
          "apt-get installed " + names + ", but still missing: " + missing());
    }
  }

  /// The packages that would have to be installed, each once.
  public static List<String> missing() {
    return NEEDS.stream()
        .filter(need -> find(need.program()).isEmpty())
        .map(Need::debianPackage)
        .distinct()
        .toList();
  }

  /// Finds a program on the PATH and where administrators' programs are.
  public static Optional<Path> find(String program) {
    if (program.startsWith("/")) {
      return Optional.of(Path.of(program)).filter(Files::isExecutable);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":")), ALSO.stream())
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void install(List<String> packages) {
    // Packages start their daemons unless this file says no (Debian Policy 9.3.3.1); a cluster
    // starts its own, and the machine is to have none running behind its back.
    boolean ours = !Files.exists(POLICY);
    try {
      if (ours) {
        Files.writeString(POLICY, "#!/bin/sh\nexit 101\n");
        Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      List<String> command =
          new ArrayList<>(
              List.of(
                  "env",
                  "DEBIAN_FRONTEND=noninteractive",
                  "apt-get",
                  "install",
                  "-y",
                  "-q",
                  "--no-install-recommends"));
      command.addAll(packages);
      if (!Command.run(command, "", INSTALL_LIMIT).ok()) {
        // Most likely no package lists, or old ones.
        Command.must(INSTALL_LIMIT, "apt-get", "update", "-q");
        Command.must(command, "", INSTALL_LIMIT);
      }
    } catch (IOException e) {
      throw new ClusterException("cannot write " + POLICY + ": " + e.getMessage(), e);
    } finally {
      if (ours && !POLICY.toFile().delete()) {
        LOG.warning(
            () -> "could not remove " + POLICY + ", which keeps packages from starting daemons");
      }
    }
  }
}
