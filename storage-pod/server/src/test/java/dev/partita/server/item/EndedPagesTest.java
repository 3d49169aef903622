package dev.partita.server.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cluster.TableLookup;
import dev.partita.model.command.PageOutcome;
import dev.partita.model.command.PageOutcome.Rows;
import dev.partita.model.command.TableGone;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.key.RowKeys;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.Bytes;
import dev.partita.model.value.DynamoNumber;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Pages that end otherwise than with a row or the end of their range.
class EndedPagesTest {

  private final FakeCluster cluster = new FakeCluster();

  @Test
  void a_scan_of_an_index_that_ended_between_entries_goes_on_behind_that_partition_key() {
    goesOn("one", 1, "'c':{'S':'-'}", new AttributeValue.S("-"));
    goesOn("bin", 2, "'d':{'B':'AA=='}", new AttributeValue.B(Bytes.of((byte) 0)));
  }

  private void goesOn(String index, int number, String indexSort, AttributeValue sort) {
    long table =
        cluster.table(FakeCluster.INDEXED).join() instanceof TableLookup.Found(var record)
            ? record.id()
            : -1;
    PrimaryKey key =
        new PrimaryKey(
            "a", new AttributeValue.S("k"), "b", new AttributeValue.N(DynamoNumber.of(5)));
    cluster.nextPage = new PageOutcome.Page(Rows.NONE, RowKeys.item(table, key));
    String last = "{'a':{'S':'k'},'b':{'N':'5'}," + indexSort + "}";
    assertThat(scan(index, ""))
        .isEqualTo("{'Items':[],'Count':0,'ScannedCount':0,'LastEvaluatedKey':" + last + "}");

    cluster.nextPage = new PageOutcome.Page(Rows.NONE, null);
    assertThat(scan(index, ",'ExclusiveStartKey':" + last))
        .isEqualTo("{'Items':[],'Count':0,'ScannedCount':0}");
    assertThat(Objects.requireNonNull(cluster.lastPage).after())
        .isEqualTo(RowKeys.localIndexEntry(table, key, number, sort));
  }

  @Test
  void a_page_of_a_table_that_is_deleted_meanwhile_is_not_found() {
    fails(TableGone.REASON, ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found");
  }

  @Test
  void a_page_that_is_too_much_is_throttled_and_one_that_is_late_is_not() {
    fails("too many pages", ErrorType.THROTTLING, "The items could not be read: too many pages");
    fails("late", ErrorType.INTERNAL_SERVER_ERROR, "The items could not be read: late");
  }

  private void fails(String reason, ErrorType type, String message) {
    cluster.nextPage = new PageOutcome.Unavailable(reason);
    assertThatThrownBy(() -> scan("one", ""))
        .cause()
        .hasMessage(message)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.type()).isEqualTo(type));
  }

  private String scan(String index, String members) {
    RequestContext context =
        new RequestContext(
            "ID",
            "arn:aws:iam::000000000000:root",
            "Scan",
            "localhost",
            "local-1",
            "000000000000",
            InstantSource.system(),
            AnswerMemory.UNCOUNTED);
    String json =
        ("{'TableName':'indexed','IndexName':'" + index + "'" + members + "}").replace('\'', '"');
    byte[] body =
        new Scan(cluster).handle(context, json.getBytes(StandardCharsets.UTF_8)).join().body();
    return new String(body, StandardCharsets.UTF_8).replace('"', '\'');
  }
}
