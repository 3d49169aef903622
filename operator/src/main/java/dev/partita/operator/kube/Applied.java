package dev.partita.operator.kube;

/// An object as it is after it was made so.
///
/// @param change what that took
public record Applied<T>(T object, Change change) {

  /// What applying took.
  public enum Change {
    /// Nothing was written.
    NONE,
    CREATED,
    CHANGED
  }

  public boolean created() {
    return change == Change.CREATED;
  }

  public boolean wrote() {
    return change != Change.NONE;
  }
}
