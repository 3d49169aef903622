package dev.partita.operator;

import dev.partita.operator.accesskey.AccessKeyReconciler;
import dev.partita.operator.cluster.StorageClusterReconciler;
import dev.partita.operator.table.TableReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;

/// All kinds that are looked after: one line each.
public final class Controllers {

  /// Retries of a turn that failed by an exception, most often because the API server was away.
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private static final Duration LAST_RETRY = Duration.ofSeconds(30);
  private static final double RETRY_GROWTH = 2;

  private Controllers() {}

  /// Registers every reconciler.
  public static void register(Operator operator, Parts parts) {
    StorageClusterReconciler.register(operator, parts);
    TableReconciler.register(operator, parts);
    AccessKeyReconciler.register(operator, parts);
  }

  /// What all controllers have in common: the namespaces that the settings say, and retries.
  public static <P extends HasMetadata> ControllerConfigurationOverrider<P> watched(
      ControllerConfigurationOverrider<P> controller, Settings settings) {
    ControllerConfigurationOverrider<P> watching =
        settings.watchNamespaces().isEmpty()
            ? controller.watchingAllNamespaces()
            : controller.settingNamespaces(settings.watchNamespaces());
    return watching.withRetry(
        new GenericRetry()
            .withoutMaxAttempts()
            .setInitialInterval(FIRST_RETRY.toMillis())
            .setIntervalMultiplier(RETRY_GROWTH)
            .setMaxInterval(LAST_RETRY.toMillis()));
  }
}
