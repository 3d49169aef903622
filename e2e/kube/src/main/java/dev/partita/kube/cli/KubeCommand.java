package dev.partita.kube.cli;

import dev.partita.kube.ClusterException;
import dev.partita.kube.Clusters;
import dev.partita.kube.TestCluster;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./partita kube`.
@Command(
    name = "kube",
    description = "A real Kubernetes with three zones on this machine.",
    mixinStandardHelpOptions = true,
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LoadImageCommand.class,
      ZoneCommand.class,
      ApiCommand.class,
      KubectlCommand.class,
      HelmCommand.class,
      ToolsCommand.class
    })
public final class KubeCommand implements Callable<Integer> {

  /// What was asked cannot be done.
  static final int FAILED = 1;

  @Option(
      names = "--name",
      defaultValue = Clusters.USUAL_NAME,
      description = "Which cluster; several can run beside each other. Default: ${DEFAULT-VALUE}.")
  private String name = Clusters.USUAL_NAME;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(System.err);
    return CommandLine.ExitCode.USAGE;
  }

  TestCluster cluster() {
    return Clusters.named(name);
  }

  /// The one that the user has already.
  TestCluster givenCluster() {
    return Clusters.given(name, System.getenv());
  }

  /// Runs the command line and gives the exit code.
  public static int run(PrintStream errors, String... arguments) {
    CommandLine line = new CommandLine(new KubeCommand());
    line.setExecutionExceptionHandler(
        (exception, _, _) -> {
          if (exception instanceof ClusterException reason) {
            errors.println("partita kube: " + reason.getMessage());
            return FAILED;
          }
          throw exception;
        });
    // `kubectl exec pod -- ls` is kubectl's to understand, and what follows kubectl is all its own.
    line.getSubcommands()
        .forEach(
            (name, foreign) -> {
              if (name.equals("kubectl") || name.equals("helm")) {
                foreign.setEndOfOptionsDelimiter("\0");
              }
            });
    return line.execute(arguments);
  }

  /// The program's entry.
  public static void main(String[] arguments) {
    System.exit(run(System.err, arguments));
  }
}
