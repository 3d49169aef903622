package dev.partita.operator;

import dev.partita.operator.kube.Apply;
import dev.partita.operator.kube.Events;
import dev.partita.operator.pods.Connections;
import dev.partita.operator.pods.PodReports;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/// What reconcilers are made of. Tests put fakes in the places of what leaves the process.
public record Parts(
    KubernetesClient client,
    Settings settings,
    Apply apply,
    Events events,
    Connections connections,
    PodReports podReports,
    MeterRegistry meters,
    Clock clock) {}
