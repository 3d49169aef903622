package dev.partita.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/// Makes requests of the SDK from JSON in the API's own names, and JSON from its answers, through
/// the description of their members that the SDK itself goes by.
final class SdkJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SdkJson() {}

  /// Fills a builder and builds.
  ///
  /// @throws IllegalArgumentException for a member that the SDK does not know
  static Object read(JsonNode json, SdkPojo builder) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(f -> fields.put(f.locationName(), f));
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      SdkField<?> field = fields.get(member.getKey());
      if (field == null) {
        throw new IllegalArgumentException(
            "the SDK has no member " + member.getKey() + " but " + fields.keySet());
      }
      field.set(builder, value(member.getValue(), field));
    }
    return ((Buildable) builder).build();
  }

  private static @Nullable Object value(JsonNode json, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (json.isNull()) {
      return null;
    }
    if (type == MarshallingType.SDK_POJO) {
      return read(json, field.constructor().get());
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> member = trait(field.getTrait(ListTrait.class)).memberFieldInfo();
      List<@Nullable Object> list = new ArrayList<>();
      json.forEach(e -> list.add(value(e, member)));
      return list;
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> member = trait(field.getTrait(MapTrait.class)).valueFieldInfo();
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      json.properties().forEach(e -> map.put(e.getKey(), value(e.getValue(), member)));
      return map;
    }
    if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(json.asText()));
    }
    if (type == MarshallingType.BOOLEAN) {
      return json.booleanValue();
    }
    if (type == MarshallingType.INTEGER) {
      return json.intValue();
    }
    if (type == MarshallingType.LONG) {
      return json.longValue();
    }
    if (type == MarshallingType.STRING) {
      return json.asText();
    }
    throw new IllegalArgumentException("no member of type " + type.getTargetClass());
  }

  private static <T> T trait(@Nullable T trait) {
    return Objects.requireNonNull(trait, "a collection says what it holds");
  }

  /// What was set, in the API's names; absent members are left out.
  static ObjectNode write(SdkPojo pojo) {
    ObjectNode json = NODES.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        json.set(field.locationName(), node(value));
      }
    }
    return json;
  }

  private static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case SdkPojo pojo -> write(pojo);
      case Map<?, ?> map -> {
        ObjectNode json = NODES.objectNode();
        map.forEach((k, v) -> json.set(String.valueOf(k), node(v)));
        yield json;
      }
      case List<?> list -> {
        ArrayNode json = NODES.arrayNode();
        list.forEach(v -> json.add(node(v)));
        yield json;
      }
      case SdkBytes bytes ->
          NODES.textNode(Base64.getEncoder().encodeToString(bytes.asByteArray()));
      case Boolean b -> NODES.booleanNode(b);
      case Instant at -> NODES.numberNode(BigDecimal.valueOf(at.toEpochMilli(), 3));
      case Number n -> NODES.numberNode(new BigDecimal(n.toString()));
      default -> NODES.textNode(value.toString());
    };
  }
}
