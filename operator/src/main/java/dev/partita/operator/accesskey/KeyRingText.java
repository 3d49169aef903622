package dev.partita.operator.accesskey;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A ring as a file in the format of the AWS tools, which is what the pods read. What the operator
/// has to remember stands beside each pair as settings that the pods pass over. So a key and its
/// state are written at once, and neither is lost with the operator.
///
/// ```
/// [PARTITAEXAMPLEKEYID]
/// aws_access_key_id = PARTITAEXAMPLEKEYID
/// aws_secret_access_key = ...
/// partita_owner = 5d0bf3b6-0b9f-4d0e-9f5a-0e7cf4a1b2c3
/// partita_created_at = 2026-11-22T12:00:00Z
/// partita_rotation_token = 2c26b46b68ffc68f
/// partita_retired_at = 2026-12-22T12:00:00Z
/// ```
final class KeyRingText {

  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String OWNER = "partita_owner";
  private static final String CREATED = "partita_created_at";
  private static final String TOKEN = "partita_rotation_token";
  private static final String RETIRED = "partita_retired_at";

  private KeyRingText() {}

  /// @param owner UID of the AccessKey
  static String write(KeyRing ring, String owner) {
    StringBuilder text = new StringBuilder();
    for (LiveKey key : ring.keys()) {
      text.append('[').append(key.id()).append("]\n");
      line(text, ID, key.id());
      line(text, SECRET, key.secret());
      line(text, OWNER, owner);
      line(text, CREATED, key.createdAt().toString());
      line(text, TOKEN, key.token());
      line(text, RETIRED, key.retiredAt() == null ? null : key.retiredAt().toString());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append(name).append(" = ").append(value).append('\n');
    }
  }

  /// Whether an AccessKey wrote this, and not an earlier one of the same name.
  static boolean isOf(String owner, String text) {
    return text.lines().anyMatch((OWNER + " = " + owner)::equals);
  }

  /// Reads what [#write] wrote. A section that lacks a pair is passed over; a time that is missing
  /// counts as now.
  static KeyRing read(String text, Instant now) {
    List<LiveKey> keys = new ArrayList<>();
    Map<String, String> section = new LinkedHashMap<>();
    for (String raw : text.split("\n", -1)) {
      String line = raw.strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[")) {
        add(keys, section, now);
        section.clear();
      } else if (equals > 0 && !line.startsWith("#")) {
        section.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    add(keys, section, now);
    return new KeyRing(keys);
  }

  private static void add(List<LiveKey> keys, Map<String, String> section, Instant now) {
    String id = section.get(ID);
    String secret = section.get(SECRET);
    if (id != null && secret != null) {
      Instant created = time(section.get(CREATED));
      keys.add(
          new LiveKey(
              id,
              secret,
              created == null ? now : created,
              section.get(TOKEN),
              time(section.get(RETIRED))));
    }
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
