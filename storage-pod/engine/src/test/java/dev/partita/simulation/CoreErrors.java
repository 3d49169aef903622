package dev.partita.simulation;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes what the consensus core says when a handler of its fails: it goes on then, we must not.
/// Everything below that level is kept quiet.
final class CoreErrors extends Handler {
  private static final Logger CORE = Logger.getLogger("io.microraft");
  private static final Logger OURS = Logger.getLogger("dev.partita.replication");
  private static final ThreadLocal<@Nullable World> WORLD = new ThreadLocal<>();

  static {
    CORE.setLevel(Level.SEVERE);
    CORE.setUseParentHandlers(false);
    CORE.addHandler(new CoreErrors());
    OURS.setLevel(Level.OFF);
    Logger.getLogger("dev.partita.engine").setLevel(Level.OFF);
  }

  private CoreErrors() {}

  /// Errors of this thread end that world, none if null.
  static void endWorld(@Nullable World world) {
    if (world == null) {
      WORLD.remove();
    } else {
      WORLD.set(world);
    }
  }

  @Override
  public void publish(LogRecord logged) {
    World world = WORLD.get();
    if (world != null && !world.expectsErrors() && !isStale(logged)) {
      var _ = world.violation("the core says: " + logged.getMessage(), logged.getThrown());
    }
  }

  /// What comes too late, where the core complains and rightly does nothing: a rejection that was
  /// doubled on the way and comes when the logs agree at that place; the next step of a leadership
  /// transfer that ended when leadership was lost, after it was won again. A leader that is stuck
  /// there would be noticed in the calm.
  private static boolean isStale(LogRecord logged) {
    return logged.getMessage().contains("Cannot decrement next index")
        || logged.getMessage().contains("no leadership transfer state for target endpoint");
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
