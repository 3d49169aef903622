package dev.partita.server.manifest;

import dev.partita.model.error.ApiException;
import dev.partita.model.table.TableDefinition;
import dev.partita.server.json.JsonBuffer;
import dev.partita.server.manifest.TableManifest.DeletionPolicy;
import dev.partita.server.table.NewTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// From YAML text to checked tables. Nothing is applied here; everything that the text alone can
/// reveal is found here, with its line.
///
/// ```yaml
/// apiVersion: partita.dev/v1alpha1
/// kind: DynamoTable
/// metadata: { name: orders }
/// spec:
///   attributeDefinitions: [ { attributeName: pk, attributeType: S } ]
///   keySchema: [ { attributeName: pk, keyType: HASH } ]
///   billingMode: PAY_PER_REQUEST
/// ```
final class ManifestReader {

  static final String API_VERSION = "partita.dev/v1alpha1";
  static final String KIND = "DynamoTable";

  /// Characters of one file.
  private static final int MAX_CHARACTERS = 3 << 20;

  private static final Set<String> DOCUMENT_FIELDS =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");

  /// What a spec may say besides what the API is told: our own fields. Which cluster is meant is no
  /// question without Kubernetes.
  private static final String CLUSTER_REF = "clusterRef";

  private static final String DELETION_POLICY = "deletionPolicy";

  private static final Set<String> UPDATABLE =
      Set.of(
          "billingMode",
          "provisionedThroughput",
          "onDemandThroughput",
          "warmThroughput",
          "tableClass",
          "deletionProtectionEnabled");

  private final Path file;

  private ManifestReader(Path file) {
    this.file = file;
  }

  /// @param file only for messages
  /// @param text all documents of the file
  /// @return in the order of the file
  static List<TableManifest> read(Path file, String text) throws ManifestException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setUseMarks(true)
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(0)
            .build();
    ManifestReader reader = new ManifestReader(file);
    List<TableManifest> manifests = new ArrayList<>();
    try {
      for (Node root : new Compose(settings).composeAllFromString(text)) {
        YamlNode document = new YamlNode(file, "", root);
        if (!document.isNull()) {
          manifests.add(reader.document(document));
        }
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ManifestException(file, line, "not YAML: " + e.getProblem());
    } catch (YamlEngineException | StackOverflowError e) {
      throw new ManifestException(file, 1, "not YAML that can be read: " + e.getMessage());
    }
    return manifests;
  }

  private TableManifest document(YamlNode document) throws ManifestException {
    Map<String, YamlNode> fields = document.members();
    requireText(document, fields, "apiVersion", API_VERSION);
    requireText(document, fields, "kind", KIND);
    for (Map.Entry<String, YamlNode> field : fields.entrySet()) {
      if (!DOCUMENT_FIELDS.contains(field.getKey())) {
        throw field.getValue().problem("unknown field");
      }
    }
    YamlNode spec = fields.get("spec");
    if (spec == null) {
      throw document.problem("needs a spec");
    }
    return table(spec, name(document, fields.get("metadata")));
  }

  private static void requireText(
      YamlNode document, Map<String, YamlNode> fields, String name, String expected)
      throws ManifestException {
    YamlNode field = fields.get(name);
    if (field == null) {
      throw document.problem("needs " + name + ": " + expected);
    }
    if (!field.text().equals(expected)) {
      throw field.problem("must be " + expected + ", not " + field.text());
    }
  }

  private static String name(YamlNode document, @Nullable YamlNode metadata)
      throws ManifestException {
    YamlNode name = metadata == null ? null : metadata.members().get("name");
    if (name == null) {
      throw document.problem("needs metadata.name");
    }
    return name.text();
  }

  private TableManifest table(YamlNode spec, String metadataName) throws ManifestException {
    Map<String, String> members = new LinkedHashMap<>();
    Map<String, Integer> lines = new TreeMap<>();
    DeletionPolicy policy = DeletionPolicy.RETAIN;
    for (Map.Entry<String, YamlNode> member : spec.members().entrySet()) {
      YamlNode value = member.getValue();
      lines.put(member.getKey(), value.line());
      switch (member.getKey()) {
        case DELETION_POLICY -> policy = deletionPolicy(value);
        case CLUSTER_REF -> value.members();
        default -> members.put(member.getKey(), json(member.getKey(), value));
      }
    }
    members.putIfAbsent("tableName", quoted(metadataName));
    return new TableManifest(
        file, spec.line(), lines, definition(spec, lines, members), updatable(members), policy);
  }

  private static DeletionPolicy deletionPolicy(YamlNode value) throws ManifestException {
    return switch (value.text()) {
      case "Retain" -> DeletionPolicy.RETAIN;
      case "Delete" -> DeletionPolicy.DELETE;
      default -> throw value.problem("must be Retain or Delete, not " + value.text());
    };
  }

  private static String json(String name, YamlNode value) throws ManifestException {
    Field field = Field.SPEC.fields().get(name);
    if (field == null) {
      throw value.unknown(Field.SPEC);
    }
    JsonBuffer json = new JsonBuffer();
    value.write(field, json);
    return text(json);
  }

  private static String quoted(String text) {
    return text(new JsonBuffer().string(text));
  }

  private static String text(JsonBuffer json) {
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }

  private static TableDefinition definition(
      YamlNode spec, Map<String, Integer> lines, Map<String, String> members)
      throws ManifestException {
    try {
      return NewTable.read(body(members));
    } catch (ApiException e) {
      throw new ManifestException(
          spec.file(), FaultFinder.line(e.getMessage(), lines, spec.line()), e.getMessage());
    }
  }

  private static Map<String, String> updatable(Map<String, String> members) {
    Map<String, String> update = new LinkedHashMap<>();
    members.forEach(
        (name, json) -> {
          if (UPDATABLE.contains(name)) {
            update.put(YamlNode.wireName(name), json);
          }
        });
    return update;
  }

  /// A JSON object.
  ///
  /// @param members JSON text by name in lower or upper camel case
  static byte[] body(Map<String, String> members) {
    JsonBuffer json = new JsonBuffer().startObject();
    members.forEach(
        (name, value) ->
            json.name(YamlNode.wireName(name)).literal(value.getBytes(StandardCharsets.UTF_8)));
    return json.endObject().toByteArray();
  }
}
