package dev.partita.kube.agent;

import dev.partita.kube.KubeClient;
import dev.partita.kube.Nodes;
import dev.partita.kube.machine.Layout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What runs beside a cluster of namespaces as long as it lives: the way in for kubectl and tests,
/// the name server, and the maker of volumes. `up` starts it and `down` ends it.
///
/// All it knows of the cluster it has from the API server. While that does not answer, names are
/// answered from what was known last, as other name servers do.
public final class Agent {

  private static final Logger LOG = Logger.getLogger(Agent.class.getName());
  private static final String ADDRESS = "198.18.0.1";
  private static final int API_PORT = 6443;
  private static final int DNS_PORT = 53;

  /// What people find in their notes; another one is taken if it is in use.
  private static final int USUAL_PORT = 16443;

  private static final Duration POLL = Duration.ofMillis(100);

  /// What failed is tried again after this long even if nothing new is heard.
  private static final Duration RETRY = Duration.ofSeconds(10);

  /// Objects often change in bursts; one look does for all of a burst.
  private static final Duration BURST = Duration.ofMillis(20);

  private final Layout layout;
  private final Semaphore news = new Semaphore(0);
  private volatile ServiceNames names = ServiceNames.none();

  private Agent(Layout layout) {
    this.layout = layout;
  }

  /// Arguments: the cluster's name and its folder.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Agent(new Layout(arguments[0], Path.of(arguments[1]))).run();
  }

  private void run() throws IOException, InterruptedException {
    // Started while the network is still being made, because a JVM takes its time.
    while (!Files.exists(layout.networkReady())) {
      Thread.sleep(POLL);
    }
    NetworkNamespace network = NetworkNamespace.enter(layout.controlPlaneNetwork());
    try (Forwarder forwarder = forwarder(network)) {
      write(layout.port(), Integer.toString(forwarder.port()));
      try (DnsServer _ =
          DnsServer.start(network, new InetSocketAddress(ADDRESS, DNS_PORT), () -> names)) {
        while (!Files.exists(layout.kubeconfig())) {
          Thread.sleep(POLL);
        }
        try (KubernetesClient client = KubeClient.of(layout.kubeconfig())) {
          follow(client);
        }
      }
    }
  }

  private void follow(KubernetesClient client) throws IOException, InterruptedException {
    try (KubernetesClient impatient = KubeClient.impatient(layout.kubeconfig())) {
      while (!Nodes.answers(impatient)) {
        Thread.sleep(POLL);
      }
    }
    var services = watch(client.services().inAnyNamespace());
    var slices = watch(client.discovery().v1().endpointSlices().inAnyNamespace());
    var claims = watch(client.persistentVolumeClaims().inAnyNamespace());
    var volumes = watch(client.persistentVolumes());
    Provisioner provisioner = new Provisioner(client, layout.folder().resolve("nodes"));
    write(layout.run("agent-ready"), "");
    while (true) {
      try {
        names = ServiceNames.of(services.getStore().list(), slices.getStore().list());
        provisioner.look(claims.getStore().list(), volumes.getStore().list());
      } catch (RuntimeException e) {
        // One odd object must not take names and volumes from all others.
        LOG.log(Level.SEVERE, "cannot make sense of what the API server says", e);
      }
      if (news.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        Thread.sleep(BURST);
        news.drainPermits();
      }
    }
  }

  private <T extends HasMetadata> SharedIndexInformer<T> watch(Informable<T> what) {
    SharedIndexInformer<T> informer = what.runnableInformer(0);
    // Whatever happens to a watch, it is begun again: this process has nothing else to do.
    informer.exceptionHandler((_, _) -> true);
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(T object) {
            news.release();
          }

          @Override
          public void onUpdate(T before, T after) {
            news.release();
          }

          @Override
          public void onDelete(T object, boolean unknown) {
            news.release();
          }
        });
    informer.start().toCompletableFuture().join();
    return informer;
  }

  private static Forwarder forwarder(NetworkNamespace network) throws IOException {
    InetSocketAddress api = new InetSocketAddress(ADDRESS, API_PORT);
    try {
      return Forwarder.start(network, api, USUAL_PORT);
    } catch (java.net.BindException _) {
      return Forwarder.start(network, api, 0);
    }
  }

  /// Whole or not at all: others wait for the file.
  private static void write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
