package dev.partita.operator;

import dev.partita.operator.accesskey.AccessKeyReconciler;
import dev.partita.operator.cluster.StorageClusterReconciler;
import dev.partita.operator.table.TableReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;

/// All kinds that are looked after: one line each.
public final class Controllers {

  private Controllers() {}

  /// Registers every reconciler.
  public static void register(Operator operator, Parts parts) {
    StorageClusterReconciler.register(operator, parts);
    TableReconciler.register(operator, parts);
    AccessKeyReconciler.register(operator, parts);
  }

  /// The namespaces that a controller watches, as the settings say.
  public static <P extends HasMetadata> ControllerConfigurationOverrider<P> watched(
      ControllerConfigurationOverrider<P> controller, Settings settings) {
    return settings.watchNamespaces().isEmpty()
        ? controller.watchingAllNamespaces()
        : controller.settingNamespaces(settings.watchNamespaces());
  }
}
