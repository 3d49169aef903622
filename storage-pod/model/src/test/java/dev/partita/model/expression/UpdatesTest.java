package dev.partita.model.expression;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.error.ItemTexts;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What updates make of items. New items and refusals were seen from DynamoDB Local.
class UpdatesTest {

  private static final PrimaryKey KEY = new PrimaryKey("pk", new AttributeValue.S("k"), null, null);

  private static final Map<String, AttributeValue> VALUES = new HashMap<>();

  static {
    Documents.item(
            "{n: 1, y: 'y', z: 'z', l: ['x'], e: [], m: {q: 'w'}, ss: <'a' 'b'>, ns: <1>,"
                + " big: 1E50}")
        .forEach((name, value) -> VALUES.put(":" + name, value));
  }

  private static final String ATTRIBUTE_MISSING =
      "The provided expression refers to an attribute that does not exist in the item";
  private static final String PATH_INVALID =
      "The document path provided in the update expression is invalid for update";
  private static final String TYPE_WRONG =
      "An operand in the update expression has an incorrect data type";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {a: ['0' '1' '2']} | SET a[5]=:y, a[4]=:z              | {a: ['0' '1' '2' 'z' 'y']}
          {a: ['0' '1' '2']} | SET a[3]=:y REMOVE a[0]           | {a: ['1' '2' 'y']}
          {a: ['0' '1' '2']} | SET a[9]=:y REMOVE a[0],a[1],a[2] | {a: ['y']}
          {a: ['0' '1' '2']} | REMOVE a[0], a[2]                 | {a: ['1']}
          {a: ['0' '1' '2']} | REMOVE a[7]                       | {a: ['0' '1' '2']}
          {a: ['0' '1' '2']} | SET a[1]=:y REMOVE a[0]           | {a: ['y' '2']}
          {a: ['0' '1' '2']} | SET a[0]=a[1], a[1]=a[0]          | {a: ['1' '0' '2']}
          {a: {x: '1'}}      | REMOVE a.y                        | {a: {x: '1'}}
          {a: {x: '1'}}      | REMOVE a.x                        | {a: {}}
          {a: {}}            | ADD a.b :n                        | {a: {b: 1}}
          {a: {}}            | DELETE a.b :ss                    | {a: {}}
          {a: []}            | ADD a[3] :n                       | {a: [1]}
          {a: ['x']}         | DELETE a[3] :ss                   | {a: ['x']}
          {a: <2>}           | ADD a :ns                         | {a: <1 2>}
          {a: <'a' 'b'>}     | DELETE a :ss                      | {}
          {a: <'a' 'b' 'c'>} | DELETE a :ss                      | {a: <'c'>}
          {a: {s: <'a'>}}    | DELETE a.s :ss                    | {a: {}}
          {}                 | DELETE a :ss                      | {}
          {}                 | ADD a :ss                         | {a: <'a' 'b'>}
          {a: 5}             | ADD a :n                          | {a: 6}
          {a: 5}             | SET a = a - :n, b = :n - a        | {a: 4, b: -4}
          {a: 1e-130}        | SET a = a - a                     | {a: 0}
          {a: 'x'}           | SET b = a, a = :y                 | {a: 'y', b: 'x'}
          {a: 'x'}           | SET b = a REMOVE a                | {b: 'x'}
          {a: 'x'}           | SET b = if_not_exists(a.c, :y)    | {a: 'x', b: 'y'}
          {a: 'x'}           | SET a = if_not_exists(a, :y)      | {a: 'x'}
          {}                 | SET a = if_not_exists(a, if_not_exists(b, :y)) | {a: 'y'}
          {}                 | SET a = if_not_exists(a, :n) + :n | {a: 2}
          {a: ['p']}         | SET a = list_append(a, :l)        | {a: ['p' 'x']}
          {a: ['p']}         | SET a = list_append(:l, a)        | {a: ['x' 'p']}
          {}                 | SET a = list_append(if_not_exists(a, :e), :l) | {a: ['x']}
          {a: {b: {c: '1'}}} | SET a.b.d = :y, a.e = :z REMOVE a.b.c | {a: {b: {d: 'y'}, e: 'z'}}
          {a: [{b: 1} {b: 1}]} | ADD a[0].b :n, a[1].b :n        | {a: [{b: 2} {b: 2}]}
          {a: 1}             | SET a = (a + :n)                  | {a: 2}
          {a: 1e50}          | SET a = a + :big                  | {a: 2E50}
          """)
  void changes(String before, String update, String after) {
    assertThat(changed(update, before).newItem()).isEqualTo(withKey(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {a: ['0']}    | SET b = a[7]
          {a: 'x'}      | SET b = zz
          {a: 'x'}      | SET b = zz + a
          {a: 'x'}      | SET b = a.c
          {a: 'x'}      | SET b = list_append(zz, :l)
          {a: 'x'}      | SET b = :m, b2 = b.q
          {a: 'x'}      | SET c = zz ADD a :n
          {a: 'x'}      | REMOVE b.c SET c = zz
          {a: 'x'}      | SET b = a + :n, c = zz
          {a: 'x'}      | SET c = zz, b = a + :n
          {a: 'x'}      | SET q = if_not_exists(a, zz)
          {a: 'x'}      | SET q = a + if_not_exists(a, zz)
          {a: 'x'}      | SET q = list_append(a, if_not_exists(a, zz))
          """)
  void refusesToReadWhatIsNotThere(String before, String update) {
    assertThat(refusal(update, before)).isEqualTo(ATTRIBUTE_MISSING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {a: ['0']}    | SET a.b = :y
          {a: ['0']}    | REMOVE a.b
          {a: {x: '1'}} | SET a[0] = :y
          {a: {x: '1'}} | REMOVE a[0]
          {a: {x: '1'}} | REMOVE a.y.z
          {a: {x: '1'}} | REMOVE a.x.z
          {}            | REMOVE a.b
          {}            | REMOVE a[0]
          {}            | DELETE a.b :ss
          {}            | ADD a.b :n
          {a: 'x'}      | SET b.c = zz
          {a: 'x'}      | SET b.c = a + :n
          {a: 'x'}      | SET c.x = :n ADD a :n
          {a: 'x'}      | SET b = zz, c.x = :n
          {a: ['x']}    | DELETE a[0] :ss, a[1].y :ss
          """)
  void refusesPathsThroughWhatIsNoContainer(String before, String update) {
    assertThat(refusal(update, before)).isEqualTo(PATH_INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {a: ['x']} | ADD a[0] :n
          {a: ['x']} | DELETE a[0] :ss
          {a: 'x'}   | ADD a :n
          {a: 'x'}   | ADD a :ss
          {a: 1}     | ADD a :ss
          {a: <1>}   | ADD a :n
          {a: <1>}   | ADD a :ss
          {a: <1>}   | DELETE a :ss
          {a: 'x'}   | DELETE a :ss
          {a: 'x'}   | SET a = a + :n
          {a: 'x'}   | SET b = a + zz
          {a: 'x'}   | SET b = list_append(a, :l)
          {a: 'x'}   | SET b = list_append(a, zz)
          {a: 'x'}   | SET b = if_not_exists(zz, a) + :n
          {a: 'x'}   | SET b.x = :n, c = a + :n
          {a: 'x'}   | SET q = if_not_exists(a, :n) + zz
          """)
  void refusesOperandsOfTheWrongType(String before, String update) {
    assertThat(refusal(update, before)).isEqualTo(TYPE_WRONG);
  }

  /// DynamoDB Local has a text of its own here; the service was measured to say overflow.
  @Test
  void aSumOfMoreThan38DigitsIsAnOverflow() {
    assertThat(refusal("ADD a :n", "{a: 1E50}"))
        .isEqualTo(
            "Number overflow. Attempting to store a number with magnitude larger than supported"
                + " range");
  }

  /// DynamoDB Local returns the whole top-level attributes; the service, only the touched paths.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SET a.x=:y                        | {a: {x: '1'}}           | {a: {x: 'y'}}
          SET a.y[1]=:y                     | {a: {y: ['1']}}         | {a: {y: ['y']}}
          SET a.y[3]=:z, a.y[1]=:y, a.x=:z  | {a: {y: ['1' '3'], x: '1'}} | {a: {y: ['y' 'z'], x: 'z'}}
          SET a.y[9]=:y                     | {}                      | {}
          SET a.w=:y                        | {}                      | {a: {w: 'y'}}
          REMOVE a.y[1], a.y[9]             | {a: {y: ['1']}}         | {a: {y: ['2']}}
          REMOVE a.y[3]                     | {a: {y: ['3']}}         | {}
          REMOVE a.x                        | {a: {x: '1'}}           | {}
          REMOVE n                          | {n: 5}                  | {}
          REMOVE n SET q=:y                 | {n: 5}                  | {q: 'y'}
          REMOVE zz                         | {}                      | {}
          ADD n :n                          | {n: 5}                  | {n: 6}
          ADD q :n                          | {}                      | {q: 1}
          DELETE s :ss                      | {s: <'a' 'b' 'c'>}      | {s: <'c'>}
          SET n=n                           | {n: 5}                  | {n: 5}
          """)
  void tellsTheTouchedPathsBeforeAndAfter(String update, String old, String neu) {
    Updates.Result.Changed changed =
        changed(update, "{a: {x: '1', y: ['0' '1' '2' '3'], z: {q: '9'}}, n: 5, s: <'a' 'b' 'c'>}");

    assertThat(changed.touchedOld()).isEqualTo(Documents.item(old));
    assertThat(changed.touchedNew()).isEqualTo(Documents.item(neu));
  }

  @Test
  void anItemThatIsNotThereStartsFromItsKey() {
    Updates.Result result = Updates.apply(update("SET a = :y"), KEY, null);

    assertThat(result)
        .isEqualTo(
            new Updates.Result.Changed(withKey("{a: 'y'}"), Map.of(), Documents.item("{a: 'y'}")));
  }

  /// What DynamoDB Local and Dynalite do alike.
  @ParameterizedTest
  @ValueSource(
      strings = {"SET a = pk", "SET a = if_not_exists(b, pk)", "SET a = if_not_exists(pk, :y)"})
  void theKeyOfAnItemThatIsNotThereIsReadLikeThatOfAnother(String expression) {
    assertThat(Updates.apply(update(expression), KEY, null))
        .isEqualTo(
            new Updates.Result.Changed(withKey("{a: 'k'}"), Map.of(), Documents.item("{a: 'k'}")));
  }

  @Test
  void noUpdateMakesSureThatTheItemExists() {
    assertThat(Updates.apply(Update.NONE, KEY, null))
        .isEqualTo(new Updates.Result.Changed(withKey("{}"), Map.of(), Map.of()));
  }

  @Test
  void theItemBeforeIsLeftAlone() {
    Map<String, AttributeValue> before = withKey("{a: {b: ['x']}}");
    Map<String, AttributeValue> copy = Map.copyOf(before);

    Updates.apply(update("SET a.b[0] = :y REMOVE c"), KEY, before);

    assertThat(before).isEqualTo(copy);
  }

  @ParameterizedTest
  @CsvSource({"SET pk = :y, pk", "REMOVE a SET sk.x = :y, sk", "ADD pk :n, pk"})
  void findsTheKeyAttributeInAnUpdate(String update, String name) {
    assertThat(Updates.keyAttributeIn(update(update), "pk", "sk")).isEqualTo(name);
    assertThat(ItemTexts.keyUpdate(name))
        .isEqualTo(
            "One or more parameter values were invalid: Cannot update attribute "
                + name
                + ". This attribute is part of the key");
  }

  @Test
  void readingAKeyAttributeIsNoUpdateOfIt() {
    assertThat(Updates.keyAttributeIn(update("SET a = pk, b.pk = :y"), "pk", null)).isNull();
  }

  private static Update update(String text) {
    return ExpressionParser.update(text, new Placeholders(Map.of(), VALUES));
  }

  private static Updates.Result.Changed changed(String update, String before) {
    return (Updates.Result.Changed) Updates.apply(update(update), KEY, withKey(before));
  }

  private static String refusal(String update, String before) {
    return ((Updates.Result.Invalid) Updates.apply(update(update), KEY, withKey(before))).message();
  }

  private static Map<String, AttributeValue> withKey(@Nullable String attributes) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", new AttributeValue.S("k"));
    if (attributes != null) {
      item.putAll(Documents.item(attributes));
    }
    return item;
  }

  @Test
  void listsThatGrowBeyondEveryItemAreRefusedBeforeTheyFillTheMemory() {
    Map<String, AttributeValue> item =
        Map.of(
            "pk",
            new AttributeValue.S("k"),
            "a",
            new AttributeValue.L(Collections.nCopies(200_000, AttributeValue.Null.INSTANCE)));
    String clauses =
        IntStream.range(0, 190).mapToObj(i -> "b" + i + "=list_append(a,a)").collect(joining(","));
    Update update = ExpressionParser.update("SET " + clauses, Placeholders.none());
    assertThat(Updates.apply(update, KEY, item))
        .isEqualTo(
            new Updates.Result.Invalid(
                "Item size to update has exceeded the maximum allowed size"));
    Update wrong = ExpressionParser.update("SET " + clauses + ",c=gone", Placeholders.none());
    assertThat(Updates.apply(wrong, KEY, item))
        .isEqualTo(new Updates.Result.Invalid(ATTRIBUTE_MISSING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {a: [2]}   | 1     | Type mismatch for attribute to update
          {a: '2'}   | 1     | Type mismatch for attribute to update
          {a: 1}     | ['x'] | Type mismatch for attribute to update
          {a: <1>}   | ['x'] | Type mismatch for attribute to update
          {a: 1E100} | 1     | Number overflow. Attempting to store a number with magnitude larger than supported range
          """)
  void attributeUpdatesTellAWrongTypeInTheirOwnWords(String item, String more, String message) {
    assertThat(added(item, more)).isEqualTo(new Updates.Result.Invalid(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {a: [2]}   | ['x'] | {a: [2 'x']}
          {a: [2]}   | []    | {a: [2]}
          {}         | ['x'] | {a: ['x']}
          {a: 1}     | 2     | {a: 3}
          """)
  void attributeUpdatesAddToLists(String item, String more, String after) {
    assertThat(added(item, more))
        .isInstanceOfSatisfying(
            Updates.Result.Changed.class,
            changed -> assertThat(changed.newItem()).isEqualTo(withKey(after)));
  }

  private static Updates.Result added(String item, String more) {
    Update.AddAction add = new Update.AddAction(Path.of("a"), Documents.value(more));
    Update update =
        new Update(List.of(), List.of(), List.of(add), List.of(), Update.Origin.ATTRIBUTE_UPDATES);
    return Updates.apply(update, KEY, withKey(item));
  }
}
