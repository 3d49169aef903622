package dev.partita.server.item;

import dev.partita.model.item.ItemCodec;
import dev.partita.model.item.ItemVisitor;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.NumberCode;
import dev.partita.server.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Writes encoded items as JSON, straight from their bytes: `{"a":{"S":"x"},"b":{"N":"1"}}`.
final class ItemJson implements ItemVisitor {

  private static final byte[] STRING = opening("S");
  private static final byte[] NUMBER = opening("N");
  private static final byte[] BINARY = opening("B");
  private static final byte[] LIST = "{\"L\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MAP = "{\"M\":{".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STRINGS = "{\"SS\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NUMBERS = "{\"NS\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BINARIES = "{\"BS\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "{\"BOOL\":true}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "{\"BOOL\":false}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "{\"NULL\":true}".getBytes(StandardCharsets.US_ASCII);

  private final JsonBuffer json;
  private final byte[] digits = new byte[NumberCode.MAX_PLAIN_LENGTH];
  private boolean inSet;

  private ItemJson(JsonBuffer json) {
    this.json = json;
  }

  private static byte[] opening(String type) {
    return ("{\"" + type + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  /// Appends an encoded attribute map.
  static void of(Bytes body, JsonBuffer json) {
    of(body.unsafeArray(), 0, body.length(), json);
  }

  /// Appends an encoded attribute map that is a slice.
  static void of(byte[] octets, int offset, int length, JsonBuffer json) {
    json.startObject();
    ItemCodec.walk(octets, offset, length, new ItemJson(json));
    json.endObject();
  }

  /// Appends one attribute as a member of an object that is open.
  static void ofAttribute(String name, AttributeValue value, JsonBuffer json) {
    ItemCodec.walk(ItemCodec.encode(Map.of(name, value)), new ItemJson(json));
  }

  @Override
  public void name(byte[] octets, int offset, int length) {
    json.name(octets, offset, length);
  }

  @Override
  public void string(byte[] octets, int offset, int length) {
    if (inSet) {
      json.string(octets, offset, length);
    } else {
      json.opening(STRING).string(octets, offset, length).endObject();
    }
  }

  @Override
  public void number(byte[] octets, int offset, int length) {
    int count = NumberCode.plain(octets, offset, digits, 0);
    if (inSet) {
      json.quoted(digits, 0, count);
    } else {
      json.opening(NUMBER).quoted(digits, 0, count).endObject();
    }
  }

  @Override
  public void binary(byte[] octets, int offset, int length) {
    byte[] value = Arrays.copyOfRange(octets, offset, offset + length);
    if (inSet) {
      json.base64(value);
    } else {
      json.opening(BINARY).base64(value).endObject();
    }
  }

  @Override
  public void bool(boolean value) {
    json.literal(value ? TRUE : FALSE);
  }

  @Override
  public void nothing() {
    json.literal(NULL);
  }

  @Override
  public void startList() {
    json.opening(LIST);
  }

  @Override
  public void endList() {
    json.endArray().endObject();
  }

  @Override
  public void startMap() {
    json.opening(MAP);
  }

  @Override
  public void endMap() {
    json.endObject().endObject();
  }

  @Override
  public void startSet(SetKind kind) {
    inSet = true;
    json.opening(
        switch (kind) {
          case STRINGS -> STRINGS;
          case NUMBERS -> NUMBERS;
          case BINARIES -> BINARIES;
        });
  }

  @Override
  public void endSet() {
    inSet = false;
    json.endArray().endObject();
  }
}
