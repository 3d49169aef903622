package dev.partita.e2e.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.partita.e2e.process.PartitaDev;
import dev.partita.e2e.wire.FreshTable;
import dev.partita.e2e.wire.WireClient;
import dev.partita.testing.Seeded;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is true of reads of any table after any writes. A seed is a table with its history, which
/// the properties share.
///
/// `-Dpartita.seeds=N` sets how many tables, `-Dpartita.seed=K` takes one alone.
@Timeout(3_600)
class ItemPropertiesTest {

  private static final int TABLES = 4;
  private static final int WRITES = 60;
  private static final int LIMITS = 2;

  @TempDir private static Path scratch;

  private static PartitaDev node;
  private static WireClient wire;
  private static final Map<Long, RandomTable> TABLES_BY_SEED = new HashMap<>();

  /// What can be read: a Query or Scan of a table or an index.
  ///
  /// @param sort attribute by which a query's items are ordered; null for a scan
  private record Source(
      String operation,
      ObjectNode request,
      RandomTable.@Nullable Index index,
      @Nullable String sort) {

    Walk walk() throws IOException, InterruptedException {
      return Walk.of(wire, operation, request);
    }

    Source with(String member, int value) {
      return new Source(operation, request.deepCopy().put(member, value), index, sort);
    }

    Source with(String member, boolean value) {
      return new Source(operation, request.deepCopy().put(member, value), index, sort);
    }

    Source with(String member, String value) {
      return new Source(operation, request.deepCopy().put(member, value), index, sort);
    }

    private boolean has(String attribute) {
      return index == null
          || index.projection().equals("ALL")
          || index.included().contains(attribute);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    node = PartitaDev.start(scratch.resolve("data"), scratch.resolve("dev.log"));
    wire = Tables.client(node);
  }

  @AfterAll
  static void stop() {
    wire.close();
    node.close();
  }

  @Seeded(TABLES)
  void pagesJoinedAreTheAnswerWithoutLimit(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (Source source : sources(seed, random)) {
      for (Source asked : filtered(source)) {
        Walk whole = asked.walk();
        TreeSet<Integer> limits = new TreeSet<>(List.of(whole.scanned() + 1));
        for (int i = 0; i < LIMITS; i++) {
          limits.add(random.nextInt(1, whole.scanned() + 2));
        }
        if (source.sort() != null) {
          limits.add(1);
        }
        for (int limit : limits) {
          Walk pages = asked.with("Limit", limit).walk();
          String what = "seed " + seed + ", limit " + limit + " of " + asked;
          assertThat(pages.items()).as(what).isEqualTo(whole.items());
          assertThat(pages.count()).as(what).isEqualTo(whole.count());
          assertThat(pages.scanned()).as(what).isEqualTo(whole.scanned());
          assertThat(pages.pages())
              .as(what)
              .isGreaterThanOrEqualTo(Math.ceilDiv(whole.scanned(), limit));
        }
      }
    }
  }

  @Seeded(TABLES)
  void backwardsIsTheReverseOfForwardsAndForwardsIsInOrder(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (Source source : sources(seed, random)) {
      String sort = source.sort();
      if (sort == null) {
        continue;
      }
      for (Source asked : filtered(source)) {
        List<JsonNode> forwards = asked.walk().items();
        List<JsonNode> backwards =
            new ArrayList<>(
                asked
                    .with("ScanIndexForward", false)
                    .with("Limit", random.nextInt(1, forwards.size() + 2))
                    .walk()
                    .items());
        Collections.reverse(backwards);
        assertThat(backwards).as("%s", asked).isEqualTo(forwards);
        if (!sort.isEmpty()) {
          assertThat(forwards.stream().map(item -> item.get(sort)))
              .as("%s", asked)
              .isSortedAccordingTo(ItemPropertiesTest::compare);
        }
      }
    }
  }

  @Seeded(TABLES)
  void segmentsAreDisjointAndTogetherTheScan(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    for (Source source : sources(seed, random)) {
      if (source.sort() != null) {
        continue;
      }
      Walk whole = source.walk();
      for (int total : List.of(1, 2, 3, random.nextInt(4, 40))) {
        List<JsonNode> joined = new ArrayList<>();
        int scanned = 0;
        for (int segment = 0; segment < total; segment++) {
          Source part = source.with("TotalSegments", total).with("Segment", segment);
          Walk walk = (total == 2 ? part.with("Limit", random.nextInt(1, 20)) : part).walk();
          joined.addAll(walk.items());
          scanned += walk.scanned();
        }
        String what = "%d segments of %s".formatted(total, source);
        assertThat(new Walk(joined, 0, 0, 0).census()).as(what).isEqualTo(whole.census());
        assertThat(scanned).as(what).isEqualTo(whole.scanned());
      }
    }
  }

  @Seeded(TABLES)
  void countsAgree(long seed) throws Exception {
    for (Source source : sources(seed, new SplittableRandom(seed))) {
      Walk whole = source.walk();
      assertThat(whole.count()).as("%s", source).isEqualTo(whole.scanned());
      List<Source> filters = filtered(source).subList(1, filtered(source).size());
      int matched = 0;
      for (Source asked : filters) {
        Walk walk = asked.walk();
        Walk counted = asked.with("Select", "COUNT").walk();
        assertThat(walk.scanned()).as("%s", asked).isEqualTo(whole.scanned());
        assertThat(walk.items()).as("%s", asked).hasSize(walk.count());
        assertThat(counted.items()).as("%s", asked).isEmpty();
        assertThat(counted.count()).as("%s", asked).isEqualTo(walk.count());
        assertThat(counted.scanned()).as("%s", asked).isEqualTo(walk.scanned());
        matched += walk.count();
      }
      if (!filters.isEmpty()) {
        assertThat(matched).as("a filter and its opposite: %s", source).isEqualTo(whole.count());
      }
    }
  }

  @Seeded(TABLES)
  void indexesAreTheProjectionsOfTheItemsAfterAnyHistory(long seed) throws Exception {
    RandomTable table = table(seed);
    Tables.checkIndexes(wire, table, Tables.items(wire, table).values());
    Tables.checkQueries(wire, table, History.hashes(0));
  }

  /// The table of a seed with what its history has left.
  private static RandomTable table(long seed) throws IOException, InterruptedException {
    RandomTable known = TABLES_BY_SEED.get(seed);
    if (known != null) {
      return known;
    }
    SplittableRandom random = new SplittableRandom(seed);
    // Every other one has indexes for sure.
    RandomTable table = RandomTable.of("Table" + seed, random, seed % 2 == 0);
    FreshTable.create(wire, table.createTable());
    History history = new History(table, random, 0);
    for (int i = 0; i < WRITES; i++) {
      History.Write write = history.next();
      WireClient.Answer answer = wire.call(write.operation(), write.body().toString());
      assertThat(write.isDone(answer)).as("%s: %s", write, answer.text()).isTrue();
      history.done(write);
    }
    assertThat(history.settle(Tables.items(wire, table))).as("after %s", table).isEmpty();
    TABLES_BY_SEED.put(seed, table);
    return table;
  }

  private static List<Source> sources(long seed, SplittableRandom random)
      throws IOException, InterruptedException {
    RandomTable table = table(seed);
    List<RandomTable.@Nullable Index> indexes = new ArrayList<>(table.indexes());
    indexes.add(null);
    List<Source> sources = new ArrayList<>();
    for (RandomTable.Index index : indexes) {
      int hash = History.hashes(0).get(random.nextInt(History.hashes(0).size()));
      String sort = index != null ? index.sort() : table.rangeType() == null ? "" : "r";
      sources.add(new Source("Scan", Tables.scan(table, index), index, null));
      sources.add(new Source("Query", Tables.query(table, index, hash), index, sort));
    }
    return sources;
  }

  /// The same without a filter, with one and with its opposite, where the source has the attribute.
  private static List<Source> filtered(Source source) {
    List<Source> filtered = new ArrayList<>(List.of(source));
    if (source.has("y")) {
      for (String filter : List.of("y > :n", "NOT y > :n")) {
        Source asked = source.with("FilterExpression", filter);
        asked.request().putObject("ExpressionAttributeValues").set(":n", RandomTable.value("N", 9));
        filtered.add(asked);
      }
    } else if (source.has("x")) {
      filtered.add(source.with("FilterExpression", "attribute_exists(x)"));
      filtered.add(source.with("FilterExpression", "attribute_not_exists(x)"));
    }
    return filtered;
  }

  /// The order of values of one type.
  private static int compare(JsonNode a, JsonNode b) {
    if (a.has("N")) {
      return new BigDecimal(a.get("N").asText()).compareTo(new BigDecimal(b.get("N").asText()));
    }
    return Arrays.compareUnsigned(bytes(a), bytes(b));
  }

  private static byte[] bytes(JsonNode value) {
    return value.has("S")
        ? value.get("S").asText().getBytes(StandardCharsets.UTF_8)
        : Base64.getDecoder().decode(value.get("B").asText());
  }
}
