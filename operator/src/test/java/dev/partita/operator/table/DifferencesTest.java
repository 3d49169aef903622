package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.operator.dynamo.LocalIndex;
import dev.partita.operator.dynamo.TableState;
import dev.partita.operator.table.Tables.State;
import dev.partita.operator.table.Tables.Wish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DifferencesTest {

  static Stream<Arguments> cases() {
    return Stream.of(
        same(
            "an on-demand table, whose units the API gives as zero", Tables.wish(), Tables.state()),
        same(
            "units that are named but mean nothing under on-demand",
            units(Tables.wish(), 5, 5),
            Tables.state()),
        same("nothing is said about capacity", Tables.wish().mode(null), provisioned(5, 5)),
        same("the same units", Tables.wish().provisioned(5, 6), provisioned(5, 6)),
        same(
            "STANDARD is what no class means",
            Tables.wish().tableClass("STANDARD"),
            Tables.state()),
        same("a bound of which nothing is said", Tables.wish(), Tables.state().onDemand(10, 20)),
        same(
            "no bound is asked for and there is none",
            Tables.wish().onDemand(-1L, -1L),
            Tables.state()),
        same("half a bound", Tables.wish().onDemand(10L, null), Tables.state().onDemand(10, 20)),
        same("warmer than asked for", Tables.wish().warm(100L, 100L), Tables.state()),
        same(
            "protection of which nothing is said",
            Tables.wish().protection(null),
            Tables.state().protection(true)),
        same("tags of which nothing is said", Tables.wish(), Tables.state().tags(Map.of("a", "1"))),
        same("tags that nobody asked for", Tables.wish().tags(Map.of("a", "1")), Tables.state()),
        same(
            "tags in another order",
            Tables.wish().tags(ordered("a", "b")),
            Tables.state().tags(ordered("b", "a"))),
        same(
            "tags of the service",
            Tables.wish().tags(Map.of()),
            Tables.state().tags(Map.of("aws:stack", "s"))),
        different(
            "tags",
            Tables.wish().tags(Map.of("team", "b", "cost", "")),
            Tables.state().tags(Map.of("team", "a", "old", "none")),
            "tags[old] is \"none\", the manifest says none",
            "tags[cost] is none, the manifest says \"\"",
            "tags[team] is \"a\", the manifest says \"b\""),
        different(
            "tags where there are to be none",
            Tables.wish().tags(Map.of()),
            Tables.state().tags(Map.of("b", "2", "a", "1")),
            "tags[a] is \"1\", the manifest says none",
            "tags[b] is \"2\", the manifest says none"),
        different(
            "the billing mode",
            Tables.wish().provisioned(5, 6),
            Tables.state(),
            "billingMode is PAY_PER_REQUEST, the manifest says PROVISIONED",
            "provisionedThroughput.readCapacityUnits is 0, the manifest says 5",
            "provisionedThroughput.writeCapacityUnits is 0, the manifest says 6"),
        different(
            "the billing mode the other way",
            Tables.wish(),
            provisioned(5, 6),
            "billingMode is PROVISIONED, the manifest says PAY_PER_REQUEST"),
        different(
            "one unit",
            Tables.wish().provisioned(5, 7),
            provisioned(5, 6),
            "provisionedThroughput.writeCapacityUnits is 6, the manifest says 7"),
        different(
            "a bound",
            Tables.wish().onDemand(10L, null),
            Tables.state(),
            "onDemandThroughput.maxReadRequestUnits is -1, the manifest says 10"),
        different(
            "warm units",
            Tables.wish().warm(13_000L, 100L),
            Tables.state(),
            "warmThroughput.readUnitsPerSecond is 12000, the manifest says 13000"),
        different(
            "the class",
            Tables.wish().tableClass("STANDARD_INFREQUENT_ACCESS"),
            Tables.state(),
            "tableClass is STANDARD, the manifest says STANDARD_INFREQUENT_ACCESS"),
        different(
            "protection",
            Tables.wish().protection(true),
            Tables.state(),
            "deletionProtectionEnabled is false, the manifest says true"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tellsWhatIsNotAsTheManifestSays(
      String what, Wish wish, State state, List<String> differences) {
    assertThat(Differences.mutable(wish.get(), state.get()))
        .describedAs(what)
        .extracting(Difference::toString)
        .containsExactlyElementsOf(differences);
    assertThat(Changes.next(wish.get(), state.get()) == null)
        .describedAs("there is a change exactly where there is a difference")
        .isEqualTo(differences.isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void doesNotMindTheOrderOfAttributes(
      String what, Wish wish, State state, List<String> differences) {
    assertThat(Differences.immutable(wish.get(), state.get())).describedAs(what).isEmpty();
  }

  @Test
  void localIndexesAreComparedByNameAndOnlyIfTheManifestHasThem() {
    LocalIndex due = new LocalIndex("by-due", "due", "ALL", List.of());
    LocalIndex owner = new LocalIndex("by-owner", "owner", "INCLUDE", List.of("title"));
    State table = Tables.state().indexes(due, owner);
    assertThat(Differences.immutable(Tables.wish().get(), table.get())).isEmpty();
    assertThat(Differences.immutable(Tables.wish().indexes(owner, due).get(), table.get()))
        .isEmpty();
    assertThat(Differences.immutable(Tables.wish().indexes(due).get(), table.get()))
        .extracting(Difference::toString)
        .containsExactly(
            "localSecondaryIndexes is [by-due by due ALL, by-owner by owner INCLUDE [title]], the"
                + " manifest says [by-due by due ALL]");
  }

  private static Arguments same(String what, Wish wish, State state) {
    return Arguments.of(what, wish, state, List.of());
  }

  private static Arguments different(String what, Wish wish, State state, String... texts) {
    return Arguments.of(what, wish, state, List.of(texts));
  }

  private static Map<String, String> ordered(String... keys) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String key : keys) {
      tags.put(key, "of " + key);
    }
    return tags;
  }

  private static Wish units(Wish wish, long read, long write) {
    return wish.provisioned(read, write).mode(TableState.PAY_PER_REQUEST);
  }

  private static State provisioned(long read, long write) {
    return Tables.state().provisioned(read, write);
  }
}
