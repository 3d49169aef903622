package dev.partita.crds;

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
