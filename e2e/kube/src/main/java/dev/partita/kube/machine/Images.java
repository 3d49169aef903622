package dev.partita.kube.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.partita.kube.ClusterException;
import dev.partita.kube.tools.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The images that the cluster's nodes know: tar files in the cluster's folder, each with a list of
/// the names in it. A node imports what it does not have yet, also one that was down at the time.
final class Images {

  private static final Duration TAR_LIMIT = Duration.ofMinutes(1);
  private static final int DIGEST_DIGITS = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param inTar as the tar file has it
  /// @param full as Kubernetes means it
  record Name(String inTar, String full) {}

  private final Path folder;

  Images(Path folder) {
    this.folder = folder;
  }

  /// Keeps a copy for the nodes.
  ///
  /// @return the names in it
  List<String> add(Path tar) {
    List<Name> names = names(tar);
    if (names.isEmpty()) {
      throw new ClusterException(tar + " names no image");
    }
    String list =
        String.join("\n", names.stream().map(name -> name.inTar() + " " + name.full()).toList())
            + "\n";
    try {
      String digest = digest(tar);
      List<Path> earlier = tars();
      Path newest = earlier.isEmpty() ? null : earlier.getLast();
      if (newest == null || !newest.getFileName().toString().endsWith(digest + ".tar")) {
        // Numbered, because nodes import in the order of names, and the last one of a name counts.
        String file = String.format(Locale.ROOT, "%06d-%s.tar", next(newest), digest);
        Path unfinished = folder.resolve(file + ".unfinished");
        Files.copy(tar, unfinished);
        Files.writeString(folder.resolve(file + ".names"), list);
        Files.move(unfinished, folder.resolve(file));
        for (Path old : earlier) {
          removeIfSame(old, list);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stream().map(Name::full).toList();
  }

  /// The names in a tar file that `docker save`, Jib or another tool wrote.
  static List<Name> names(Path tar) {
    if (!Files.isReadable(tar)) {
      throw new ClusterException("cannot read " + tar);
    }
    Command.Result index = entry(tar, "index.json");
    if (index.ok()) {
      return namesInIndex(index.output());
    }
    Command.Result manifest = entry(tar, "manifest.json");
    if (manifest.ok()) {
      return namesInManifest(manifest.output());
    }
    throw new ClusterException(tar + " is no image: it has neither index.json nor manifest.json");
  }

  /// OCI layout. Names are taken as they are, so the long ones have to be added.
  static List<Name> namesInIndex(String json) {
    List<Name> names = new ArrayList<>();
    for (JsonNode manifest : tree(json).path("manifests")) {
      JsonNode notes = manifest.path("annotations");
      String name =
          notes
              .path("io.containerd.image.name")
              .asText(notes.path("org.opencontainers.image.ref.name").asText(""));
      // A bare tag or digest says nothing about which image it is.
      if (name.contains("/") || name.contains(":")) {
        names.add(new Name(name, full(name)));
      }
    }
    return names;
  }

  /// `docker save` of old; containerd makes those names long by itself.
  static List<Name> namesInManifest(String json) {
    List<Name> names = new ArrayList<>();
    for (JsonNode image : tree(json)) {
      for (JsonNode tag : image.path("RepoTags")) {
        names.add(new Name(full(tag.asText()), full(tag.asText())));
      }
    }
    return names;
  }

  /// The name with registry and tag, by Docker's rules: what comes before the first slash is a
  /// registry only if it looks like a host.
  static String full(String name) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String path = registry ? name : "docker.io/" + (slash < 0 ? "library/" : "") + name;
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? path : path + ":latest";
  }

  private static Command.Result entry(Path tar, String name) {
    // With `./` before it or not: both are common. Whatever tar complains about goes to the result.
    Command.Result plain =
        Command.run(
            List.of("tar", "--extract", "--to-stdout", "--file", tar.toString(), name),
            "",
            TAR_LIMIT);
    return plain.ok()
        ? plain
        : Command.run(
            List.of("tar", "--extract", "--to-stdout", "--file", tar.toString(), "./" + name),
            "",
            TAR_LIMIT);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ClusterException(
          "the image's table of contents is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private List<Path> tars() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tar")).sorted().toList();
    }
  }

  private static int next(@org.jspecify.annotations.Nullable Path newest) {
    return newest == null
        ? 1
        : Integer.parseInt(newest.getFileName().toString().substring(0, 6)) + 1;
  }

  private void removeIfSame(Path old, String list) throws IOException {
    Path names = folder.resolve(old.getFileName() + ".names");
    if (Files.readString(names).equals(list)) {
      Files.delete(old);
      Files.delete(names);
    }
  }

  private static String digest(Path tar) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(tar), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
