package dev.partita.crds;

import static java.util.Objects.requireNonNull;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// From the Java types to the YAML that `kubectl apply` takes. What the generator has no annotation
/// for is done here: which lists are maps, what is required at the root, and the kind's
/// description.
final class CrdGeneration {

  private static final Map<Class<? extends CustomResource<?, ?>>, String> KINDS =
      Map.of(
          StorageCluster.class,
          "Storage pods that serve the DynamoDB API together. All of it may be left out:"
              + " `spec: {}` is three pods in three zones, with TLS.",
          DynamoTable.class,
          "A table. The fields have the names that CloudFormation has for them.",
          AccessKey.class,
          "Credentials for the DynamoDB API, written into a Secret that an application takes by"
              + " envFrom.");

  /// Lists that server-side apply merges by a key of their elements, by the list's name. Without
  /// this the last writer would own the whole list. `tags` is not among them: server-side apply
  /// takes a list away whose last element goes (structured-merge-diff, issue 305), and no tags are
  /// something else than tags of which nothing is said.
  private static final Map<String, String> LIST_KEYS =
      Map.of(
          "conditions", "type",
          "pods", "name",
          "keys", "accessKeyId",
          "attributeDefinitions", "attributeName",
          "localSecondaryIndexes", "indexName",
          "imagePullSecrets", "name");

  private static final List<String> SETS = List.of("additionalDNSNames");

  private static final String HEAD =
      "# Made from the types in crds/src/main/java. To change it change those, and run\n"
          + "#   "
          + CrdYamlTest.UPDATE
          + "\n";

  private CrdGeneration() {}

  /// @param folder for the generator's own files
  /// @return text by file name
  static Map<String, String> generate(Path folder) throws IOException {
    CRDGenerator generator =
        new CRDGenerator()
            .forCRDVersions("v1")
            .withParallelGenerationEnabled(false)
            .inOutputDir(folder.toFile())
            .withPostProcessor(
                new CRDPostProcessor() {
                  @Override
                  public HasMetadata process(HasMetadata crd, String version) {
                    complete((CustomResourceDefinition) crd);
                    return crd;
                  }
                });
    KINDS.keySet().forEach(generator::customResourceClasses);
    generator.generate();
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        texts.put(
            fileName(file.getFileName().toString()), HEAD + withoutHead(Files.readString(file)));
      }
    }
    return texts;
  }

  /// From `accesskeys.partita.dev-v1.yml` to `accesskeys.partita.dev.yaml`.
  private static String fileName(String generated) {
    return generated.replaceFirst("-v1[.]yml$", "") + ".yaml";
  }

  private static String withoutHead(String text) {
    return text.replaceFirst("^(#.*\n)*(---\n)?", "");
  }

  private static void complete(CustomResourceDefinition crd) {
    crd.getSpec().getNames().setCategories(List.of(Partita.CATEGORY));
    inDeclaredOrder(crd);
    crd.getSpec().getNames().setListKind(crd.getSpec().getNames().getKind() + "List");
    JSONSchemaProps root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    root.setDescription(kind(crd.getSpec().getNames().getKind()).getValue());
    property(root, "spec").setDescription("What is wanted.");
    property(root, "status").setDescription("What the operator found. It alone writes this.");
    walk("", root);
  }

  private static Map.Entry<Class<? extends CustomResource<?, ?>>, String> kind(String name) {
    return KINDS.entrySet().stream()
        .filter(entry -> entry.getKey().getSimpleName().equals(name))
        .findAny()
        .orElseThrow();
  }

  /// The generator sorts columns by their paths; people read them from left to right.
  private static void inDeclaredOrder(CustomResourceDefinition crd) {
    List<String> names =
        Stream.of(
                kind(crd.getSpec().getNames().getKind())
                    .getKey()
                    .getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    List<CustomResourceColumnDefinition> columns =
        new ArrayList<>(crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns());
    columns.sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
    crd.getSpec().getVersions().getFirst().setAdditionalPrinterColumns(columns);
  }

  private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return requireNonNull(schema.getProperties().get(name), name);
  }

  private static void walk(String name, JSONSchemaProps schema) {
    if ("array".equals(schema.getType())) {
      listType(name, schema);
      walk("", schema.getItems().getSchema());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach(CrdGeneration::walk);
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      walk("", schema.getAdditionalProperties().getSchema());
    }
  }

  private static void listType(String name, JSONSchemaProps schema) {
    if (LIST_KEYS.containsKey(name)) {
      schema.setXKubernetesListType("map");
      schema.setXKubernetesListMapKeys(List.of(requireNonNull(LIST_KEYS.get(name))));
      if (name.equals("conditions")) {
        schema.getItems().getSchema().setRequired(List.of("type", "status"));
      }
    } else {
      schema.setXKubernetesListType(SETS.contains(name) ? "set" : "atomic");
    }
  }
}
