package dev.partita.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Wakes resources that were made anew under the name of one that was deleted. Where a reconciler
/// hears of every event, the SDK forgets a name when the turn for its deletion ends, and with it
/// that there is a resource of that name again; nothing but an edit would ever wake that one.
public final class MadeAnew<P extends HasMetadata> extends SimpleInboundEventSource<P>
    implements ResourceEventAware<P> {

  /// After a deletion. Its turn is over by one of these times; one turn too many does no harm.
  private static final List<Duration> LOOKS =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(2));

  private final IndexerResourceCache<P> resources;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("made-anew").factory());

  public MadeAnew(EventSourceContext<P> context) {
    super("made-anew");
    this.resources = context.getPrimaryCache();
  }

  @Override
  public void onResourceDeleted(P gone) {
    if (!isRunning()) {
      return;
    }
    ResourceID id = ResourceID.fromResource(gone);
    for (Duration delay : LOOKS) {
      var _ = later.schedule(() -> look(id), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look(ResourceID id) {
    resources
        .get(id)
        .ifPresent(
            anew ->
                getEventHandler().handleEvent(new ResourceEvent(ResourceAction.ADDED, id, anew)));
  }

  @Override
  public void stop() {
    super.stop();
    later.shutdownNow();
  }
}
