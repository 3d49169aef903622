package dev.partita.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects of a cluster that are there, by kind and name.
public final class Existing {

  private final Map<String, HasMetadata> objects = new HashMap<>();

  public Existing(Collection<? extends HasMetadata> there) {
    there.forEach(object -> objects.put(key(object), object));
  }

  /// The object of the same kind and name.
  public <T extends HasMetadata> @Nullable T like(T desired) {
    @SuppressWarnings("unchecked") // The key has the kind in it.
    T object = (T) objects.get(key(desired));
    return object;
  }

  /// @param type with a public constructor, as all of the model's have
  public <T extends HasMetadata> @Nullable T find(Class<T> type, String name) {
    return type.cast(objects.get(HasMetadata.getKind(type) + "/" + name));
  }

  private static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }
}
