package dev.partita.server.manifest;

import dev.partita.server.json.JsonBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A place in a YAML file, with the words to complain about it.
///
/// @param path from the document's root, for example `spec.keySchema[0]`
record YamlNode(Path file, String path, Node node) {

  /// Counted from 1.
  int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  ManifestException problem(String text) {
    return new ManifestException(file, line(), (path.isEmpty() ? "" : path + ": ") + text);
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /// The members of a mapping; a member whose value is null counts as absent.
  Map<String, YamlNode> members() throws ManifestException {
    if (!(node instanceof MappingNode mapping)) {
      throw problem("must be a mapping");
    }
    Map<String, YamlNode> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw problem("names of fields must be plain text");
      }
      YamlNode member =
          new YamlNode(
              file,
              path.isEmpty() ? key.getValue() : path + "." + key.getValue(),
              tuple.getValueNode());
      if (members.containsKey(key.getValue())) {
        throw member.problem("is given twice");
      }
      if (!member.isNull()) {
        members.put(key.getValue(), member);
      }
    }
    return members;
  }

  List<YamlNode> elements() throws ManifestException {
    if (!(node instanceof SequenceNode sequence)) {
      throw problem("must be a list");
    }
    List<YamlNode> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new YamlNode(file, path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  /// Text; a number or a boolean without quotes is somebody's mistake.
  String text() throws ManifestException {
    if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.STR)) {
      throw problem("must be text; put it in quotes if it looks like a number or true or false");
    }
    return scalar.getValue();
  }

  long whole() throws ManifestException {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.INT)) {
      try {
        return Long.parseLong(scalar.getValue());
      } catch (NumberFormatException e) {
        throw problem("is not a whole number in range: " + scalar.getValue());
      }
    }
    throw problem("must be a whole number");
  }

  boolean flag() throws ManifestException {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
      return scalar.getValue().equalsIgnoreCase("true");
    }
    throw problem("must be true or false");
  }

  /// Writes the value as the API's JSON, with names in the API's capitals.
  ///
  /// @throws ManifestException if it is not what the field holds
  void write(Field field, JsonBuffer json) throws ManifestException {
    switch (field) {
      case Field.Text _ -> json.string(text());
      case Field.Whole _ -> json.number(whole());
      case Field.Flag _ -> json.bool(flag());
      case Field.NotBuilt _ -> throw problem("is not supported by this release of Partita");
      case Field.ListOf(Field element) -> {
        json.startArray();
        for (YamlNode each : elements()) {
          each.write(element, json);
        }
        json.endArray();
      }
      case Field.Struct struct -> {
        json.startObject();
        for (Map.Entry<String, YamlNode> member : members().entrySet()) {
          Field known = struct.fields().get(member.getKey());
          if (known == null) {
            throw member.getValue().unknown(struct);
          }
          json.name(wireName(member.getKey()));
          member.getValue().write(known, json);
        }
        json.endObject();
      }
    }
  }

  ManifestException unknown(Field.Struct known) {
    return problem("unknown field; there are " + String.join(", ", known.fields().keySet()));
  }

  static String wireName(String field) {
    return Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }
}
