package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.command.ToldItems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages whose items are short by DynamoDB's count and long in JSON.
class LongPagesTest {

  private static final int ITEMS = 12;

  /// The key of a page's end, counts and names.
  private static final int BESIDES_ITEMS_BYTES = 256;

  private static final Pattern SORT = Pattern.compile("'b':\\{'N':'(\\d+)'\\}");
  private static final Pattern LAST = Pattern.compile("'LastEvaluatedKey':(\\{.*?\\}\\})");

  private static TestPod pod;

  @BeforeAll
  static void start(@TempDir Path folder) {
    pod = new TestPod(folder);
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  private static void create(String table) {
    pod.create(
        table,
        "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
            + "{'AttributeName':'b','KeyType':'RANGE'}],"
            + "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
            + "{'AttributeName':'b','AttributeType':'N'}],"
            + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':4000}");
  }

  @Test
  void a_query_of_sets_of_tiny_numbers_ends_its_pages_by_their_json() {
    create("sets");
    // 60 KB by DynamoDB's count, 3.9 MB in JSON.
    String set =
        IntStream.range(1, 10)
            .mapToObj(i -> "'" + i + "E-130'")
            .collect(Collectors.joining(",", "{'NS':[", "]}"));
    String sets = String.join(",", Collections.nCopies(3_150, set));
    for (int i = 0; i < ITEMS; i++) {
      pod.put("sets", "'a':{'S':'k'},'b':{'N':'" + i + "'},'z':{'L':[" + sets + "]}");
    }
    String query =
        "'TableName':'sets','KeyConditionExpression':'a = :a',"
            + "'ExpressionAttributeValues':{':a':{'S':'k'}}";
    assertThat(pages("Query", query)).containsExactly(numbers(0, 6), numbers(6, 12));
    assertThat(pages("Query", query + ",'ScanIndexForward':false"))
        .containsExactly(numbers(6, 12).reversed(), numbers(0, 6).reversed());
    assertThat(pages("Query", query + ",'ProjectionExpression':'b'"))
        .containsExactly(numbers(0, 12));
  }

  @Test
  void a_scan_of_lists_of_tiny_numbers_finds_every_item_once() {
    create("lists");
    // 102 KB by DynamoDB's count, 4.8 MB in JSON.
    String list = String.join(",", Collections.nCopies(34_000, "{'N':'1E-130'}"));
    for (int i = 0; i < ITEMS; i++) {
      pod.put("lists", "'a':{'S':'k" + i + "'},'b':{'N':'" + i + "'},'z':{'L':[" + list + "]}");
    }
    List<List<Integer>> pages = pages("Scan", "'TableName':'lists'");
    assertThat(pages).hasSizeGreaterThan(2);
    assertThat(pages.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(numbers(0, ITEMS));
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /// The sort keys of the items of all pages.
  private static List<List<Integer>> pages(String operation, String members) {
    List<List<Integer>> pages = new ArrayList<>();
    String start = "";
    while (start != null) {
      String page = pod.ask(operation, members + start);
      assertThat(page.length()).isLessThan(ToldItems.MAX_JSON_BYTES + BESIDES_ITEMS_BYTES);
      int end = page.lastIndexOf("],'Count'");
      List<Integer> items = new ArrayList<>();
      Matcher sort = SORT.matcher(page.substring(0, end));
      while (sort.find()) {
        items.add(Integer.valueOf(sort.group(1)));
      }
      pages.add(items);
      Matcher last = LAST.matcher(page.substring(end));
      start = last.find() ? ",'ExclusiveStartKey':" + last.group(1) : null;
    }
    return pages;
  }
}
