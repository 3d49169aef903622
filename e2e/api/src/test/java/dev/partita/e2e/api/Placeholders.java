package dev.partita.e2e.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What stands for something else in a case: `$k` for a name that no other case has (always 12
/// characters), `$Table` for a table of the file, `$arn:Table` for its ARN, `<<x*400>>` for
/// repetition, `<<1..25:{n:@}>>` for a list with a counter in it.
final class Placeholders {

  /// Length of `$k`: sizes to the byte are counted with it.
  static final int UNIQUE_LENGTH = 12;

  /// Names of attributes may be longer than Jackson takes by itself.
  private static final int MAX_NAME_CHARS = 100_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNameLength(MAX_NAME_CHARS).build())
                  .build())
          .configure(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true)
          .configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true)
          .build();

  private static final Pattern COUNTED = Pattern.compile("<<(\\d+)\\.\\.(\\d+):(.*?)>>");

  /// The innermost one: a counted list may hold repetitions.
  private static final Pattern REPEATED = Pattern.compile("<<((?:(?!<<|>>).){1,80}?)\\*(\\d+)>>");

  private static final Pattern NAMED = Pattern.compile("\\$(k|arn:[A-Z]\\w*|[A-Z]\\w*)");

  private Placeholders() {}

  /// @param tables by the names that the file has for them: full names, and ARNs under `arn:` names
  static String fill(String text, String unique, Map<String, String> tables) {
    String repeated =
        REPEATED
            .matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement(m.group(1).repeat(number(m, 2))));
    String counted =
        COUNTED
            .matcher(repeated)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(
                        IntStream.rangeClosed(number(m, 1), number(m, 2))
                            .mapToObj(i -> m.group(3).replace("@", Integer.toString(i)))
                            .collect(Collectors.joining(","))));
    return NAMED
        .matcher(counted)
        .replaceAll(m -> Matcher.quoteReplacement(name(m.group(1), unique, tables)));
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static String name(String name, String unique, Map<String, String> tables) {
    String known = name.equals("k") ? unique : tables.get(name);
    if (known == null) {
      throw new IllegalArgumentException("no table $" + name + " in this file: " + tables.keySet());
    }
    return known;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + text, e);
    }
  }
}
