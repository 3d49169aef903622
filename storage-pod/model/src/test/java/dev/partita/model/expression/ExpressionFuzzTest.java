package dev.partita.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is sent, the parsers give a tree or a ValidationException, quickly and on a small
/// stack.
class ExpressionFuzzTest {

  private static final int SEEDS = 3_000;

  /// Half of what event loops have.
  private static final long STACK_BYTES = 512 * 1024L;

  /// For one expression of 4 KB, on a busy machine.
  private static final Duration SLOWEST = Duration.ofSeconds(2);

  private static final String[] TOKENS = {
    "a",
    "b.c",
    "#a",
    ":n",
    ":s",
    ":l",
    ":ss",
    ":u",
    "#u",
    "[0]",
    "[1]",
    ".",
    ",",
    "(",
    ")",
    "((",
    "))",
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    " AND ",
    " OR ",
    " NOT ",
    " BETWEEN ",
    " IN ",
    " IN (",
    "SET ",
    " REMOVE ",
    " ADD ",
    " DELETE ",
    "size(",
    "contains(",
    "begins_with(",
    "attribute_exists(",
    "attribute_type(",
    "if_not_exists(",
    "list_append(",
    "foo(",
    "abort",
    " ",
    "\t",
    "é",
    "😀",
    "\ud83d",
    "\0",
    "'",
    "99999999999",
    "00",
    "!",
    "a = b",
    "SET a = b"
  };

  @Test
  @Timeout(60)
  void randomTokensNeverBreakAParser() throws Exception {
    onSmallStack(
        () -> {
          for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            parseAll(randomTokens(random), "seed " + seed);
          }
        });
  }

  @Test
  @Timeout(60)
  void damagedExpressionsNeverBreakAParser() throws Exception {
    List<String> sound = new ArrayList<>();
    for (String resource : List.of("conditions.tsv", "updates.tsv", "projections.tsv")) {
      RecordedExpressions.in(resource)
          .filter(recorded -> recorded.answer().equals("OK"))
          .forEach(recorded -> sound.add(recorded.expression()));
    }
    onSmallStack(
        () -> {
          for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder(sound.get(random.nextInt(sound.size())));
            for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
              damage(text, random);
            }
            parseAll(text.toString(), "seed " + seed);
          }
        });
  }

  @Test
  @Timeout(60)
  void deepAndLongExpressionsNeverBreakAParser() throws Exception {
    List<String> texts = new ArrayList<>();
    for (String unit :
        List.of(
            "(",
            ")",
            "[",
            "NOT ",
            "size(",
            "f(",
            "((a)",
            "a.",
            "a[0]",
            "a=b AND ",
            "(a=b AND ",
            "(NOT ",
            "if_not_exists(b,",
            "if_not_exists(b,(",
            "SET a=",
            "SET a=(",
            "a,",
            "SET a=:n,",
            "a IN (",
            "a BETWEEN ",
            "é",
            "#",
            ":",
            "<",
            " ",
            "REMOVE a,",
            "ADD a :n ",
            "SET ")) {
      for (String prefix : List.of("", "SET a = ", "a = b AND ")) {
        for (int bytes : List.of(4_096, 4_097, 100_000)) {
          String run = unit.repeat(bytes / unit.length());
          texts.add(prefix + run);
          texts.add(
              prefix + run.substring(0, Math.min(run.length(), 1_900)) + "a=b" + ")".repeat(1_900));
        }
      }
    }
    onSmallStack(() -> texts.forEach(text -> parseAll(text, "long")));
  }

  @Test
  void theDeepestSoundExpressionsAreTakenAndDecidedOnASmallStack() throws Exception {
    String condition = "(NOT ".repeat(299) + "attribute_exists((a))" + ")".repeat(299);
    String update = "SET a = " + "if_not_exists(b,".repeat(239) + "a" + ")".repeat(239);
    onSmallStack(
        () -> {
          Condition parsed =
              ExpressionParser.condition("ConditionExpression", condition, Placeholders.none());
          assertThat(Conditions.test(parsed, Documents.item("{a: 1}"))).isFalse();
          assertThat(ExpressionParser.update(update, Placeholders.none()).sets()).hasSize(1);
        });
  }

  private static String randomTokens(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      text.append("SET a = ");
    }
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.append(TOKENS[random.nextInt(TOKENS.length)]);
    }
    return text.toString();
  }

  private static void damage(StringBuilder text, SplittableRandom random) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
      case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 6)));
      case 2 -> text.insert(at, (char) random.nextInt(0x250));
      default -> text.insert(at, text.substring(at));
    }
  }

  private static void parseAll(String text, String what) {
    long start = System.nanoTime();
    parse(
        () ->
            ExpressionParser.condition(
                "ConditionExpression", text, RecordedExpressions.placeholders()),
        what);
    parseKeyCondition(text, what);
    parse(() -> ExpressionParser.update(text, RecordedExpressions.placeholders()), what);
    parse(() -> ExpressionParser.projection(text, RecordedExpressions.placeholders()), what);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(SLOWEST);
  }

  private static void parseKeyCondition(String text, String what) {
    try {
      Condition condition =
          ExpressionParser.condition(
              "KeyConditionExpression", text, RecordedExpressions.placeholders());
      MentionedPaths.of(condition, path -> assertThat(path.steps()).as(what).isNotEmpty());
      KeyTests.of(condition);
    } catch (ApiException e) {
      assertThat(e.type()).as(what).isEqualTo(ErrorType.VALIDATION);
    }
  }

  private static void parse(Runnable parser, String what) {
    try {
      parser.run();
    } catch (ApiException e) {
      assertThat(e.type()).as(what).isEqualTo(ErrorType.VALIDATION);
      assertThat(e.getMessage()).as(what).startsWith("Invalid ");
    }
  }

  private static void onSmallStack(Runnable work) throws Exception {
    FutureTask<Void> task = new FutureTask<>(work, null);
    Thread thread = new Thread(null, task, "small-stack", STACK_BYTES);
    thread.start();
    task.get();
  }
}
