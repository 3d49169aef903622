package dev.partita.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A table, with the names that CloudFormation has for its properties.
@Group(Partita.GROUP)
@Version(Partita.VERSION)
@Kind("DynamoTable")
@Plural("dynamotables")
@Singular("dynamotable")
@ShortNames("ddbt")
@AdditionalPrinterColumn(
    name = "STATUS",
    jsonPath = ".status.tableStatus",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "ENDPOINT",
    jsonPath = ".status.endpoint",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "PARTITIONS",
    jsonPath = ".status.partitions.count",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "SIZE",
    jsonPath = ".status.size",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "ITEMS",
    jsonPath = ".status.itemCount",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "BILLING",
    jsonPath = ".status.billingMode",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "has(self.spec.tableName) || size(self.metadata.name) >= 3",
    message =
        "metadata.name is the table's name where spec.tableName is absent, and DynamoDB wants at"
            + " least 3 characters; choose a longer one or give spec.tableName.")
@ValidationRule(
    value =
        "(has(self.spec.tableName) ? self.spec.tableName : self.metadata.name)"
            + " == (has(oldSelf.spec.tableName) ? oldSelf.spec.tableName : oldSelf.metadata.name)",
    message =
        "spec.tableName cannot change, because DynamoDB tables cannot be renamed; absent means"
            + " metadata.name.")
public class DynamoTable extends CustomResource<DynamoTableSpec, DynamoTableStatus>
    implements Namespaced {

  @Override
  protected @Nullable DynamoTableSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable DynamoTableStatus initStatus() {
    return null;
  }
}
