/// `DynamoTable` manifests without Kubernetes: YAML files become tables, through the same checks as
/// CreateTable and UpdateTable.
@NullMarked
package dev.partita.server.manifest;

import org.jspecify.annotations.NullMarked;
