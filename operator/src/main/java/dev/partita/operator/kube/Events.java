package dev.partita.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Tells what happened to a resource, for `kubectl describe`. Best effort: what cannot be told is
/// logged, and never fails the work that it is about.
public interface Events {

  /// How it is shown.
  enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /// As Kubernetes spells it.
    public String text() {
      return text;
    }
  }

  /// Writes an event. The same event about the same resource is counted, not repeated.
  ///
  /// @param about the resource, as it was read: with its UID
  /// @param reason one word in UpperCamelCase, documented in `docs/operations`
  /// @param action what the operator was doing, one word in UpperCamelCase
  /// @param note a sentence for people, with names and numbers
  void publish(Type type, HasMetadata about, String reason, String action, String note);

  default void normal(HasMetadata about, String reason, String action, String note) {
    publish(Type.NORMAL, about, reason, action, note);
  }

  default void warning(HasMetadata about, String reason, String action, String note) {
    publish(Type.WARNING, about, reason, action, note);
  }
}
