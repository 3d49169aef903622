package dev.partita.testing.apiserver;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One case of the files in `rules/`.
///
/// @param of what it is about
/// @param before what is there already; null for nothing
/// @param says what the refusal ends in
/// @param at field that the refusal names; null if it does not matter
record RuleCase(
    String kind,
    String of,
    @Nullable Manifest before,
    Manifest accepts,
    Manifest refuses,
    String says,
    @Nullable String at) {

  static final List<String> FILES =
      List.of("storagecluster.yaml", "dynamotable.yaml", "accesskey.yaml");

  /// @param name null if it does not matter
  record Manifest(@Nullable String name, Map<String, Object> spec) {}

  record File(String kind, Map<String, Object> base, List<Raw> cases) {}

  record Raw(
      String of,
      @Nullable Manifest before,
      Manifest accepts,
      Manifest refuses,
      String says,
      @Nullable String at) {}

  static List<RuleCase> all() throws IOException {
    List<RuleCase> cases = new java.util.ArrayList<>();
    for (String name : FILES) {
      File file = read(name);
      for (Raw raw : file.cases()) {
        Manifest before = raw.before();
        cases.add(
            new RuleCase(
                file.kind(),
                raw.of(),
                before == null ? null : complete(file, before),
                complete(file, raw.accepts()),
                complete(file, raw.refuses()),
                raw.says(),
                raw.at()));
      }
    }
    return cases;
  }

  private static File read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RuleCase.class.getResourceAsStream("/rules/" + name), name)) {
      return Objects.requireNonNull(Serialization.unmarshal(in, File.class));
    }
  }

  private static Manifest complete(File file, Manifest manifest) {
    Map<String, Object> spec = new LinkedHashMap<>(file.base());
    if (manifest.spec() != null) {
      manifest.spec().forEach((name, value) -> put(spec, name, value));
    }
    String name = manifest.name();
    return new Manifest(name == null ? null : (String) letters(name), spec);
  }

  private static void put(Map<String, Object> spec, String name, @Nullable Object value) {
    if (value == null) {
      spec.remove(name);
    } else {
      spec.put(name, letters(value));
    }
  }

  /// `$40` stands for a text of 40 letters.
  private static Object letters(Object value) {
    return value instanceof String text && text.startsWith("$")
        ? "a".repeat(Integer.parseInt(text.substring(1)))
        : value;
  }

  /// @param name for manifests that have none
  GenericKubernetesResource resource(Manifest manifest, String namespace, String name) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("partita.dev/v1alpha1")
        .withKind(kind)
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(Objects.requireNonNullElse(manifest.name(), name))
        .endMetadata()
        .withAdditionalProperties(new HashMap<>(Map.of("spec", manifest.spec())))
        .build();
  }

  @Override
  public String toString() {
    return kind + ": " + of;
  }
}
