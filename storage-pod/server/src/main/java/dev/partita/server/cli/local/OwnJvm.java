package dev.partita.server.cli.local;

import dev.partita.server.credentials.CredentialFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Starts this program once more, with the options that this JVM was started with. Which keys may
/// sign is told by options alone.
final class OwnJvm {

  /// A log that has grown larger is put aside when the process starts; one older is kept.
  private static final long MAX_LOG_BYTES = 16 << 20;

  private OwnJvm() {}

  static ProcessHandle start(List<String> arguments, Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.partita.server.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // They would go before the options, and another shell may have others.
    builder
        .environment()
        .keySet()
        .removeAll(Set.of(CredentialFile.ID_VARIABLE, CredentialFile.SECRET_VARIABLE));
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start()
        .toHandle();
  }
}
