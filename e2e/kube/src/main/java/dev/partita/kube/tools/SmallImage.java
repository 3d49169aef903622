package dev.partita.kube.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;

/// A container image that is one static program, made without Docker: a tar file in OCI layout.
///
/// ```
/// oci-layout
/// index.json                  names the image, points to its manifest
/// blobs/sha256/<digest>       manifest, configuration, one layer (a tar of the program)
/// ```
public final class SmallImage {

  private static final Duration TAR_LIMIT = Duration.ofSeconds(30);

  private SmallImage() {}

  /// Writes the image `name` with `program` as its only file and entrypoint.
  public static void write(Path program, String name, Path tar) {
    String file = program.getFileName().toString();
    try {
      Path work = Files.createTempDirectory("partita-image");
      try {
        Path layer = work.resolve("layer.tar");
        pack(layer, program.resolveSibling("."), file);
        Path layout = work.resolve("layout");
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        String layerDigest = digest(Files.readAllBytes(layer));
        long layerSize = Files.size(layer);
        Files.move(layer, blobs.resolve(layerDigest));
        String config =
            """
            {"architecture":"%s","os":"linux","config":{"Entrypoint":["/%s"]},\
            "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}"""
                .formatted(architecture(System.getProperty("os.arch")), file, layerDigest);
        String manifest =
            """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
            "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},\
            "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%s","size":%d}]}"""
                .formatted(blob(blobs, config), config.length(), layerDigest, layerSize);
        Files.writeString(
            layout.resolve("index.json"),
            """
            {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\
            "digest":"sha256:%s","size":%d,"annotations":{"io.containerd.image.name":"%s"}}]}"""
                .formatted(blob(blobs, manifest), manifest.length(), name));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Path whole = work.resolve("image.tar");
        pack(whole, layout, "oci-layout", "index.json", "blobs");
        Files.createDirectories(tar.toAbsolutePath().getParent());
        Files.move(whole, tar, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        StateFolder.delete(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Go's name, which is the registries', for what Java says.
  static String architecture(String java) {
    return switch (java) {
      case "aarch64" -> "arm64";
      case "x86_64" -> "amd64";
      default -> java;
    };
  }

  private static void pack(Path tar, Path folder, String... files) {
    String[] head = {
      "tar",
      "--create",
      "--file",
      tar.toString(),
      "--directory",
      folder.toString(),
      "--owner=0",
      "--group=0",
      "--mtime=@0",
      "--sort=name"
    };
    Command.must(
        TAR_LIMIT, Stream.concat(Stream.of(head), Stream.of(files)).toArray(String[]::new));
  }

  private static String blob(Path blobs, String json) throws IOException {
    byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String digest = digest(bytes);
    Files.write(blobs.resolve(digest), bytes);
    return digest;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
