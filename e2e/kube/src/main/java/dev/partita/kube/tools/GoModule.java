package dev.partita.kube.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A Go module of ours, carried in the jar, and how it is built.
///
/// @param name its folder
/// @param files all of it
record GoModule(String name, List<String> files) {

  private static final int KEY_DIGITS = 16;
  private static final String VERSION = "v1.36.2";

  static final GoModule KUBERNETES =
      new GoModule("kubernetes", List.of("go.mod", "go.sum", "main.go", "pause/main.go"));
  static final GoModule HELM = new GoModule("helm", List.of("go.mod", "go.sum"));

  GoModule {
    files = List.copyOf(files);
  }

  /// What names the folder in the cache: it changes with any file of any module.
  static String cacheKey() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    for (GoModule module : List.of(KUBERNETES, HELM)) {
      for (String file : module.files) {
        digest.update(
            (module.name + "/" + file + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(module.read(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
  }

  /// Writes the module's files into a folder.
  void unpack(Path folder) {
    try {
      for (String file : files) {
        Path target = folder.resolve(file);
        Files.createDirectories(folder.resolve(file).getParent());
        Files.write(target, read(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The build, to be run in the unpacked folder. Without cgo, so that the programs need nothing of
  /// the system; the version is what servers and kubectl report.
  ///
  /// @param what package to build
  /// @param binary where it goes
  static List<String> build(String what, Path binary) {
    return List.of(
        "go",
        "build",
        "-v",
        "-trimpath",
        "-ldflags",
        "-s -w -X k8s.io/component-base/version.gitVersion="
            + VERSION
            + " -X k8s.io/component-base/version.gitMajor=1"
            + " -X k8s.io/component-base/version.gitMinor=36"
            + " -X k8s.io/client-go/pkg/version.gitVersion="
            + VERSION,
        "-o",
        binary.toString(),
        what);
  }

  private byte[] read(String file) {
    String resource = "/dev/partita/kube/go/" + name + "/" + file;
    try (InputStream in = GoModule.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
