package dev.partita.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventSeriesBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events in the API server (`events.k8s.io/v1`). An event's name is made of what it says, so that
/// the same one is found again and counted.
public final class ApiEvents implements Events {

  private static final String CONTROLLER = "partita.dev/operator";
  private static final int MAX_NOTE_CHARS = 1024;
  private static final int MAX_NAME_CHARS = 200;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Logger log = LoggerFactory.getLogger(ApiEvents.class);

  private final KubernetesClient client;
  private final String instance;
  private final Clock clock;

  /// @param instance which process says so, at most 128 characters
  public ApiEvents(KubernetesClient client, String instance, Clock clock) {
    this.client = client;
    this.instance = instance;
    this.clock = clock;
  }

  @Override
  public void publish(Type type, HasMetadata about, String reason, String action, String note) {
    Event event = event(type, about, reason, action, note);
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        again(event);
      } else {
        notTold(event, e);
      }
    }
  }

  private void again(Event event) {
    try {
      client
          .events()
          .v1()
          .events()
          .inNamespace(event.getMetadata().getNamespace())
          .withName(event.getMetadata().getName())
          .edit(
              seen -> {
                int count = seen.getSeries() == null ? 1 : seen.getSeries().getCount();
                return new EventBuilder(seen)
                    .withSeries(
                        new EventSeriesBuilder()
                            .withCount(count + 1)
                            .withLastObservedTime(event.getEventTime())
                            .build())
                    .build();
              });
    } catch (KubernetesClientException e) {
      notTold(event, e);
    }
  }

  private static void notTold(Event event, KubernetesClientException e) {
    if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        && String.valueOf(e.getMessage()).contains("being terminated")) {
      // The namespace goes, and with it everybody who would read this.
      return;
    }
    log.warn(
        "an event could not be written reason={} about={} note={}",
        event.getReason(),
        event.getRegarding().getName(),
        event.getNote(),
        e);
  }

  private Event event(Type type, HasMetadata about, String reason, String action, String note) {
    String shortNote = note.length() <= MAX_NOTE_CHARS ? note : note.substring(0, MAX_NOTE_CHARS);
    String name = about.getMetadata().getName();
    String uid = String.valueOf(about.getMetadata().getUid());
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.getMetadata().getNamespace())
        .withName(
            name.substring(0, Math.min(name.length(), MAX_NAME_CHARS))
                + "."
                + digest(uid, type.text(), reason, action, shortNote))
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(clock.instant())))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withType(type.text())
        .withReason(reason)
        .withAction(action)
        .withNote(shortNote)
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(name)
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .build())
        .build();
  }

  private static String digest(String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        sha.update(part.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
