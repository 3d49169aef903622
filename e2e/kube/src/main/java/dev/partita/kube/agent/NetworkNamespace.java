package dev.partita.kube.agent;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A network namespace in which sockets can be opened without the process living there.
///
/// On Linux a thread, not a process, is in a network namespace, and a socket stays for ever in the
/// one it was made in. So one thread enters the namespace and does nothing but make sockets.
public final class NetworkNamespace implements AutoCloseable {

  private static final int O_RDONLY = 0;
  private static final int CLONE_NEWNET = 0x40000000;

  private final String name;
  private final ExecutorService inside;

  private NetworkNamespace(String name, ExecutorService inside) {
    this.name = name;
    this.inside = inside;
  }

  /// Enters the namespace that `ip netns` knows by this name.
  ///
  /// @throws IOException if there is none, or it may not be entered
  public static NetworkNamespace enter(String name) throws IOException {
    // A platform thread: a virtual one would take its carrier along.
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("network " + name).factory());
    NetworkNamespace namespace = new NetworkNamespace(name, executor);
    namespace.inside(
        () -> {
          setThread("/run/netns/" + name);
          return true;
        });
    return namespace;
  }

  /// Runs `work` in the namespace. Only sockets that it makes stay there; it must be short.
  public <T> T inside(Callable<T> work) throws IOException {
    try {
      return inside.submit(work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException reason) {
        throw reason;
      }
      throw new IOException("in the network " + name + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in the network " + name, e);
    }
  }

  @Override
  public void close() {
    inside.shutdownNow();
  }

  @SuppressWarnings("restricted") // the only way from Java to a system call
  private static void setThread(String path) throws IOException {
    Linker linker = Linker.nativeLinker();
    MethodHandle open =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    MethodHandle setns =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setns"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    MethodHandle close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(path);
      int descriptor = (int) open.invokeExact(text, O_RDONLY);
      if (descriptor < 0) {
        throw new IOException("there is no " + path);
      }
      int result = (int) setns.invokeExact(descriptor, CLONE_NEWNET);
      int _ = (int) close.invokeExact(descriptor);
      if (result != 0) {
        throw new IOException("may not enter " + path + "; it needs CAP_SYS_ADMIN");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("cannot enter " + path, e);
    }
  }
}
