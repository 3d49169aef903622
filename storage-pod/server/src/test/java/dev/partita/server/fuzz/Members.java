package dev.partita.server.fuzz;

/// Members of a JSON object, some of them forgotten, given twice, misnamed or of a wrong type.
final class Members {

  private final Chance chance;
  private final FuzzValues values;
  private final StringBuilder text = new StringBuilder("{");

  Members(Chance chance, FuzzValues values) {
    this.chance = chance;
    this.values = values;
  }

  /// @param json the member's value
  Members put(String name, String json) {
    if (!chance.slips()) {
      return add(name, json);
    }
    return switch (chance.below(5)) {
      case 0 -> this;
      case 1 -> add(name, values.junk());
      case 2 -> add(name, json).add(name, values.junk());
      case 3 -> add(name, values.junk()).add(name, json);
      default -> add(values.name(), json);
    };
  }

  /// Puts it one time in so many.
  Members maybe(int times, String name, FuzzValues.Element value) {
    return chance.oneIn(times) ? put(name, value.json()) : this;
  }

  private Members add(String name, String json) {
    text.append(text.length() == 1 ? "" : ",")
        .append(FuzzValues.quoted(name))
        .append(':')
        .append(json);
    return this;
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
