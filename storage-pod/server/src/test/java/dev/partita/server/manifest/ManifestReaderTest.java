package dev.partita.server.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.table.TableDefinition.BillingMode;
import dev.partita.model.table.TableDefinition.LocalIndex;
import dev.partita.model.table.TableDefinition.Projection;
import dev.partita.server.manifest.TableManifest.DeletionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {

  private static final Path FILE = Path.of("t.yaml");

  private static final String HEAD =
      """
      apiVersion: partita.dev/v1alpha1
      kind: DynamoTable
      metadata: { name: orders }
      spec:
      """;

  private static final String KEY =
      """
        attributeDefinitions: [ { attributeName: pk, attributeType: S } ]
        keySchema: [ { attributeName: pk, keyType: HASH } ]
      """;

  private static void fails(String text, String message) {
    assertThatThrownBy(() -> ManifestReader.read(FILE, text))
        .isInstanceOf(ManifestException.class)
        .hasMessage("t.yaml:" + message);
  }

  @Test
  void theExampleInTheRepositoryIsGood() throws Exception {
    // Tests run in the folder of their module.
    Path example = Path.of("../../examples/orders.yaml");
    List<TableManifest> manifests = ManifestReader.read(example, Files.readString(example));
    assertThat(manifests).extracting(TableManifest::tableName).containsExactly("orders", "carts");
  }

  @Test
  void aSpecBecomesTheDefinitionThatCreateTableWouldMake() throws Exception {
    List<TableManifest> read =
        ManifestReader.read(
            FILE,
            HEAD
                + KEY
                + """
                  tableName: shop.orders
                  clusterRef: { name: main }
                  billingMode: PAY_PER_REQUEST
                  onDemandThroughput: { maxReadRequestUnits: 7 }
                  tableClass: STANDARD_INFREQUENT_ACCESS
                  deletionProtectionEnabled: true
                  tags: [ { key: team, value: "1" } ]
                  deletionPolicy: Delete
                ---
                # a document of comments only is no table
                """);
    assertThat(read).hasSize(1);
    TableManifest manifest = read.getFirst();
    assertThat(manifest.tableName()).isEqualTo("shop.orders");
    assertThat(manifest.deletionPolicy()).isEqualTo(DeletionPolicy.DELETE);
    assertThat(manifest.definition().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(manifest.definition().deletionProtection()).isTrue();
    assertThat(manifest.definition().tags()).containsEntry("team", "1");
  }

  @Test
  void localSecondaryIndexesAreReadAsCreateTableWould() throws Exception {
    String text =
        HEAD
            + """
              attributeDefinitions:
                - { attributeName: pk, attributeType: S }
                - { attributeName: sk, attributeType: S }
                - { attributeName: due, attributeType: N }
              keySchema:
                - { attributeName: pk, keyType: HASH }
                - { attributeName: sk, keyType: RANGE }
              localSecondaryIndexes:
                - indexName: by-due
                  keySchema:
                    - { attributeName: pk, keyType: HASH }
                    - { attributeName: due, keyType: RANGE }
                  projection: { projectionType: INCLUDE, nonKeyAttributes: [ title ] }
              billingMode: PAY_PER_REQUEST
            """
                .indent(1);
    assertThat(ManifestReader.read(FILE, text).getFirst().definition().localIndexes())
        .containsExactly(new LocalIndex("by-due", "due", Projection.INCLUDE, List.of("title")));
    fails(
        text.replace("INCLUDE", "ALL"),
        "5: One or more parameter values were invalid: ProjectionType is ALL, but"
            + " NonKeyAttributes is specified");
  }

  @Test
  void anUnknownFieldIsNamedWithItsLine() {
    assertThatThrownBy(() -> ManifestReader.read(FILE, HEAD + KEY + "  billingmode: x\n"))
        .hasMessageStartingWith("t.yaml:7: spec.billingmode: unknown field; there are tableName,");
    assertThatThrownBy(
            () ->
                ManifestReader.read(
                    FILE, HEAD + "  keySchema:\n    - attributeName: pk\n      keytype: HASH\n"))
        .hasMessage(
            "t.yaml:7: spec.keySchema[0].keytype: unknown field; there are attributeName,"
                + " keyType");
    fails(HEAD + KEY + "extra: 1\n", "7: extra: unknown field");
  }

  @Test
  void aFeatureThatIsNotBuiltIsRefused() {
    fails(
        HEAD + KEY + "  streamSpecification: { streamEnabled: true }\n",
        "7: spec.streamSpecification: is not supported by this release of Partita");
  }

  @Test
  void wrongTypesAreToldWhereTheyAre() {
    fails(HEAD + "  keySchema: pk\n", "5: spec.keySchema: must be a list");
    fails(
        HEAD + KEY + "  deletionProtectionEnabled: 'yes'\n",
        "7: spec.deletionProtectionEnabled: must be true or false");
    fails(
        HEAD + KEY + "  provisionedThroughput: { readCapacityUnits: many }\n",
        "7: spec.provisionedThroughput.readCapacityUnits: must be a whole number");
    fails(
        HEAD + KEY + "  tags: [ { key: a, value: 1 } ]\n",
        "7: spec.tags[0].value: must be text; put it in quotes if it looks like a number or true"
            + " or false");
    fails(
        HEAD + KEY + "  deletionPolicy: Keep\n",
        "7: spec.deletionPolicy: must be Retain or Delete, not Keep");
  }

  @Test
  void whatTheApiRefusesIsRefusedWithItsTextAtTheField() {
    fails(
        HEAD + KEY + "  billingMode: FREE\n",
        "7: 1 validation error detected: Value 'FREE' at 'billingMode' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]");
  }

  @Test
  void textThatIsNoManifestIsRefusedWithItsLine() {
    fails("a: [", "1: not YAML: expected the node content, but found '<stream end>'");
    fails("kind: DynamoTable\n", "1: needs apiVersion: partita.dev/v1alpha1");
    fails("apiVersion: partita.dev/v1alpha1\nkind: Pod\n", "2: kind: must be DynamoTable, not Pod");
    fails("- a\n", "1: must be a mapping");
    fails(
        "apiVersion: partita.dev/v1alpha1\nkind: DynamoTable\nspec: {}\n",
        "1: needs metadata.name");
  }

  @Test
  void deepNestingIsRefusedAndNotFatal() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> ManifestReader.read(FILE, deep)).isInstanceOf(ManifestException.class);
  }
}
