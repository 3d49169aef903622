/// The custom resources of the group `partita.dev`, as plain values.
///
/// The records' components are the fields of the manifests. What is absent is null, an absent list
/// is empty; nothing is defaulted here, so that whoever reads a spec can tell what the user said.
/// The committed YAML is made from these types and their annotations.
@NullMarked
package dev.partita.crds;

import org.jspecify.annotations.NullMarked;
