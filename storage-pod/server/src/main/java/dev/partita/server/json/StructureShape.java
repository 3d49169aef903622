package dev.partita.server.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object with known members. Built once by chaining {@link #required} and {@link
/// #optional}; not changed afterwards.
public final class StructureShape implements Shape {

  private final String name;
  private final List<Member> members = new ArrayList<>();
  private final Map<String, Member> byName = new HashMap<>();

  StructureShape(String name) {
    this.name = name;
  }

  /// Adds a member that must not be null.
  public StructureShape required(String member, Shape shape) {
    return add(member, shape, true);
  }

  /// Adds a member that may be absent or null.
  public StructureShape optional(String member, Shape shape) {
    return add(member, shape, false);
  }

  private StructureShape add(String member, Shape shape, boolean required) {
    Member added = new Member(member, shape, required, members.size());
    if (byName.put(member, added) != null) {
      throw new IllegalArgumentException("member twice: " + member);
    }
    members.add(added);
    return this;
  }

  /// The model's name of the structure, printed in some error texts.
  public String name() {
    return name;
  }

  List<Member> members() {
    return members;
  }

  @Nullable Member find(String member) {
    return byName.get(member);
  }

  Member get(String member) {
    Member found = byName.get(member);
    if (found == null) {
      throw new IllegalArgumentException(name + " has no member " + member);
    }
    return found;
  }

  /// @param slot position of the member's value in a {@link Structure}
  record Member(String name, Shape shape, boolean required, int slot) {}
}
