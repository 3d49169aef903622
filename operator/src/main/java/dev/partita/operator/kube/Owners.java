package dev.partita.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;

/// Whom an object belongs to, which its name and labels do not prove.
public final class Owners {

  private Owners() {}

  /// Whether an object belongs to this very resource, not to one of the same name before it.
  public static boolean owns(HasMetadata owner, HasMetadata object) {
    String uid = owner.getMetadata().getUid();
    return of(object).stream().anyMatch(o -> o.getUid().equals(uid));
  }

  /// Whether an object belongs to a resource of this kind and name, which may be gone.
  public static boolean isOwnedBy(String kind, String name, HasMetadata object) {
    return of(object).stream().anyMatch(o -> o.getKind().equals(kind) && o.getName().equals(name));
  }

  private static List<OwnerReference> of(HasMetadata object) {
    List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
    return owners == null ? List.of() : owners;
  }
}
