package dev.partita.server.cli;

import dev.partita.server.admin.PodState;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All verbs of the program. Errors that a user can put right are one line on standard error.
@Command(
    name = "partita",
    description = "A DynamoDB-compatible database.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineInterface.Version.class)
public final class CommandLineInterface implements Runnable {

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /// Runs one command to its end; for a server that is when it is asked to stop.
  ///
  /// @return exit code: 0 done, 1 it cannot be done, 2 the command line or a file makes no sense
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return commandLine(args)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new Failures())
        .execute(args);
  }

  private static final Map<String, Supplier<Object>> VERBS =
      new TreeMap<>(
          Map.of(
              "cluster", ClusterCommand::new,
              "dev", DevCommand::new,
              "pod", PodCommand::new,
              "rehearse", RehearseCommand::new));

  /// Knows only the verb that is asked for: looking at the annotations of all of them would take a
  /// third of a start.
  private static CommandLine commandLine(String[] args) {
    CommandLine all = new CommandLine(new CommandLineInterface());
    Supplier<Object> asked = args.length == 0 ? null : VERBS.get(args[0]);
    if (asked != null) {
      return all.addSubcommand(args[0], asked.get());
    }
    VERBS.forEach((name, verb) -> all.addSubcommand(name, verb.get()));
    return all;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "what to do? Try --help");
    }
  }

  private static final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] args) {
      PrintWriter err = error.getCommandLine().getErr();
      err.println("partita: " + String.valueOf(error.getMessage()).replace('\n', ' '));
      UnmatchedArgumentException.printSuggestions(error, err);
      return UserError.USAGE;
    }
  }

  private static final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
      if (failure instanceof UserError error) {
        command.getErr().println("partita: " + error.getMessage());
        return error.exitCode();
      }
      throw failure;
    }
  }

  /// The version that the build wrote into the jar.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"partita " + text()};
    }

    static String text() {
      return PodState.version();
    }
  }
}
