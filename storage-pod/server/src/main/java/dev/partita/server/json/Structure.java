package dev.partita.server.json;

import dev.partita.model.value.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object that was read by a {@link StructureShape}. Every accessor takes a
/// member's wire name and gives null where the member is absent or null; asking for a member that
/// the shape does not have, or as another type, is a mistake of the caller and throws
/// IllegalArgumentException.
public final class Structure {

  private final StructureShape shape;
  private final @Nullable Object[] values;

  Structure(StructureShape shape) {
    this.shape = shape;
    this.values = new @Nullable Object[shape.members().size()];
  }

  void set(StructureShape.Member member, @Nullable Object value) {
    values[member.slot()] = value;
  }

  @Nullable Object at(StructureShape.Member member) {
    return values[member.slot()];
  }

  public boolean has(String member) {
    return values[shape.get(member).slot()] != null;
  }

  /// Whether a member is there and, if it is a map or list, has entries. An empty text is content.
  public boolean hasContent(String member) {
    return switch (values[shape.get(member).slot()]) {
      case null -> false;
      case AttributeMap map -> !map.keys().isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      case Object _ -> true;
    };
  }

  public @Nullable String text(String member) {
    return value(member, String.class);
  }

  /// A member that the shape requires: reading has checked that it is there.
  public String requiredText(String member) {
    return required(member, text(member));
  }

  public @Nullable Long whole(String member) {
    return value(member, Long.class);
  }

  public @Nullable Double decimal(String member) {
    return value(member, Double.class);
  }

  public @Nullable Boolean flag(String member) {
    return value(member, Boolean.class);
  }

  public boolean flag(String member, boolean otherwise) {
    Boolean flag = flag(member);
    return flag == null ? otherwise : flag;
  }

  public @Nullable Bytes blob(String member) {
    return value(member, Bytes.class);
  }

  public @Nullable Structure structure(String member) {
    return value(member, Structure.class);
  }

  public Structure requiredStructure(String member) {
    return required(member, structure(member));
  }

  /// A map of attribute values, possibly with a violation that waits to be reported.
  public @Nullable AttributeMap attributes(String member) {
    return value(member, AttributeMap.class);
  }

  public AttributeMap requiredAttributes(String member) {
    return required(member, attributes(member));
  }

  /// A list of structures. JSON nulls in it are left out.
  @SuppressWarnings("unchecked")
  public @Nullable List<Structure> structures(String member) {
    return (List<Structure>) value(member, List.class);
  }

  /// A list of attribute values, each as a map with one nameless entry. JSON nulls in it are left
  /// out.
  @SuppressWarnings("unchecked")
  public @Nullable List<AttributeMap> attributeList(String member) {
    return (List<AttributeMap>) value(member, List.class);
  }

  /// A map of structures, in the order of the request.
  @SuppressWarnings("unchecked")
  public @Nullable Map<String, Structure> structureMap(String member) {
    return (Map<String, Structure>) value(member, Map.class);
  }

  /// A list of strings. JSON nulls in it are left out.
  @SuppressWarnings("unchecked")
  public @Nullable List<String> texts(String member) {
    return (List<String>) value(member, List.class);
  }

  /// A map of strings, in the order of the request.
  @SuppressWarnings("unchecked")
  public @Nullable Map<String, String> textMap(String member) {
    return (Map<String, String>) value(member, Map.class);
  }

  /// A map of lists of structures, in the order of the request.
  @SuppressWarnings("unchecked")
  public @Nullable Map<String, List<Structure>> structureListMap(String member) {
    return (Map<String, List<Structure>>) value(member, Map.class);
  }

  /// A list of maps of attribute values. JSON nulls in it are left out.
  @SuppressWarnings("unchecked")
  public @Nullable List<AttributeMap> attributeMaps(String member) {
    return (List<AttributeMap>) value(member, List.class);
  }

  /// The name of the shape, without the members: they may be large.
  @Override
  public String toString() {
    return shape.name() + "@" + Integer.toHexString(System.identityHashCode(this));
  }

  private <T> @Nullable T value(String member, Class<T> type) {
    Object value = values[shape.get(member).slot()];
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(
          shape.name() + "." + member + " is not a " + type.getSimpleName());
    }
    return type.cast(value);
  }

  private <T> T required(String member, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(shape.name() + "." + member + " is not required");
    }
    return value;
  }
}
