package dev.partita.server.tls;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate in use, from a folder that somebody else writes to. Files are replaced one by
/// one or all at once, and may be seen half written: what makes no sense together changes nothing.
///
/// {@link #look} is called by one thread at a time; the rest by any thread.
public final class FollowedTls {

  private static final Logger log = LoggerFactory.getLogger(FollowedTls.class);

  private final TlsFolder folder;
  private final Vertx vertx;
  private final List<User> users = new CopyOnWriteArrayList<>();
  private volatile TlsMaterial current;

  /// What was found when it made sense last.
  private TlsFolder.Look accepted;

  /// What was wrong at the last look; empty if nothing was.
  private String fault = "";

  /// What the log was told of.
  private String told = "";

  /// Somebody who uses what is current, and what he has by now.
  private static final class User {
    private final Function<TlsMaterial, CompletionStage<?>> taking;
    private volatile TlsMaterial has;

    /// On its way to him; null if nothing is.
    private volatile @Nullable TlsMaterial offered;

    private volatile String failure = "";

    User(TlsMaterial has, Function<TlsMaterial, CompletionStage<?>> taking) {
      this.has = has;
      this.taking = taking;
    }
  }

  private FollowedTls(TlsFolder folder, Vertx vertx, TlsFolder.Look first) throws IOException {
    this.folder = folder;
    this.vertx = vertx;
    this.accepted = first;
    this.current = folder.material(first, vertx);
  }

  /// Reads the folder for the first time.
  ///
  /// @throws IOException naming the file that is missing or makes no sense
  public static FollowedTls open(TlsFolder folder, Vertx vertx) throws IOException {
    FollowedTls opened = new FollowedTls(folder, vertx, folder.look());
    log.info("{}: {}", folder.path(), opened.current);
    return opened;
  }

  public TlsMaterial current() {
    return current;
  }

  /// @param inUse what the user has now
  /// @param user takes what is newer, at once or later; what it returns completes when it is in
  ///   use. When it fails, the user is given the same again at the next look
  public synchronized void use(TlsMaterial inUse, Function<TlsMaterial, CompletionStage<?>> user) {
    User added = new User(inUse, user);
    users.add(added);
    hand(added);
  }

  /// Looks whether there is something new, and whether everybody has it.
  public void look() {
    lookForNew();
    handAll();
  }

  private synchronized void handAll() {
    users.forEach(this::hand);
  }

  private void lookForNew() {
    TlsFolder.Look now;
    TlsMaterial material;
    try {
      now = folder.look();
      if (now.sameAs(accepted)) {
        fault = "";
        return;
      }
      material = folder.material(now, vertx);
    } catch (IOException e) {
      wrong(String.valueOf(e.getMessage()));
      return;
    }
    accepted = now;
    fault = "";
    told = "";
    log.info("{}: {}", folder.path(), material);
    synchronized (this) {
      current = material;
    }
  }

  private void hand(User user) {
    TlsMaterial material = current;
    if (material.equals(user.has) || material.equals(user.offered)) {
      return;
    }
    user.offered = material;
    var _ =
        taken(user, material)
            .whenComplete(
                (_, failure) -> {
                  if (failure == null) {
                    user.has = material;
                    user.failure = "";
                  } else {
                    failed(user, failure);
                  }
                  if (material.equals(user.offered)) {
                    user.offered = null;
                  }
                });
  }

  private static CompletionStage<?> taken(User user, TlsMaterial material) {
    try {
      return user.taking.apply(material);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /// Once per reason, since it is tried again at every look.
  private void failed(User user, Throwable failure) {
    String why = failure.toString();
    if (!why.equals(user.failure)) {
      user.failure = why;
      log.error("{}: could not be taken into use, will be tried again", folder.path(), failure);
    }
  }

  /// Files that are being replaced are wrong for a moment: only what stays wrong is told, once.
  private void wrong(String now) {
    if (now.equals(fault) && !now.equals(told)) {
      told = now;
      log.error("{}; {} stays in use", now, current);
    }
    fault = now;
  }
}
