package dev.partita.operator.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.crds.DynamoTableSpec.ManagementPolicy;
import dev.partita.crds.DynamoTableSpec.Tag;
import dev.partita.operator.dynamo.TableAnswer;
import dev.partita.operator.dynamo.TableState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What becomes of the tags of a table.
class TableTagsTest {

  private static final String SET = "update orders SetTags";
  private static final String REMOVE = "update orders RemoveTags";

  private final Desk desk = new Desk();
  private final Tables.Manifest orders = new Tables.Manifest();

  private TableState made() {
    return Objects.requireNonNull(desk.tables.get("orders"));
  }

  /// Somebody calls TagResource or UntagResource.
  private void throughTheApi(Map<String, String> tags) {
    desk.tables.put(made().withTags(tags));
  }

  private void carryOut(Tag... tags) {
    orders.tags = List.of(tags);
    desk.carryOut(orders);
  }

  @Test
  void aTableIsMadeWithItsTags() {
    carryOut(new Tag("team", "a"));
    assertThat(made().tags()).isEqualTo(Map.of("team", "a"));
    assertThat(desk.tables.changes()).containsExactly("create orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
  }

  @Test
  void anEditedManifestChangesTags() {
    carryOut(new Tag("team", "a"), new Tag("old", ""), new Tag("same", "s"));
    carryOut(new Tag("new", "n"), new Tag("team", "b"), new Tag("same", "s"));
    assertThat(made().tags()).isEqualTo(Map.of("team", "b", "new", "n", "same", "s"));
    assertThat(desk.tables.changes()).containsExactly("create orders", REMOVE, SET);
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False NoDrift");
    assertThat(desk.status("orders").observedGeneration()).isEqualTo(2);
    assertThat(desk.told)
        .contains(
            "Normal Updating: is being changed: tags[old] is \"\", the manifest says none;"
                + " tags[new] is none, the manifest says \"n\"; tags[team] is \"a\", the manifest"
                + " says \"b\"")
        .noneMatch(event -> event.contains("Drift"));
  }

  @Test
  void anEmptyListTakesAllTagsAway() {
    carryOut(new Tag("team", "a"));
    carryOut();
    assertThat(made().tags()).isEmpty();
    assertThat(desk.tables.changes()).containsExactly("create orders", REMOVE);
  }

  @Test
  void tagsThatAreTakenOutOfTheManifestStayAndAreNoLongerLookedAt() {
    carryOut(new Tag("team", "a"));
    orders.tags = null;
    desk.carryOut(orders);
    throughTheApi(Map.of("team", "b", "more", "m"));
    int looks = desk.tables.looks();
    int tagLooks = desk.tables.tagLooks();
    desk.settle("orders");
    assertThat(made().tags()).isEqualTo(Map.of("team", "b", "more", "m"));
    assertThat(desk.tables.looks()).isGreaterThan(looks);
    assertThat(desk.tables.tagLooks()).isEqualTo(tagLooks);
    assertThat(desk.tables.changes()).containsExactly("create orders");
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False NoDrift");
  }

  @Test
  void aTableWhoseManifestNamesNoTagsIsNeverAskedForThem() {
    desk.carryOut(orders);
    orders.protection = true;
    desk.carryOut(orders);
    assertThat(desk.tables.tagLooks()).isZero();
  }

  @Test
  void nothingIsWrittenAtRest() {
    carryOut(new Tag("b", "2"), new Tag("a", "1"));
    int writes = desk.statusWrites;
    for (int look = 0; look < 10; look++) {
      desk.settle("orders");
    }
    assertThat(desk.statusWrites).isEqualTo(writes);
    assertThat(desk.tables.changes()).containsExactly("create orders");
    assertThat(desk.tables.tagLooks()).isEqualTo(desk.tables.looks());
  }

  @Test
  void tagsThatAreChangedThroughTheApiAreToldAndPutBack() {
    carryOut(new Tag("team", "a"), new Tag("gone", "g"));
    desk.told.clear();
    throughTheApi(Map.of("team", "b", "foreign", "f", "aws:stack", "s"));
    desk.turn("orders");
    String drift =
        "tags[foreign] is \"f\", the manifest says none; tags[gone] is none, the manifest says"
            + " \"g\"; tags[team] is \"b\", the manifest says \"a\"";
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("True ChangedThroughApi");
    assertThat(desk.message("orders", "DriftDetected")).isEqualTo(drift);
    desk.settle("orders");
    assertThat(made().tags()).isEqualTo(Map.of("team", "a", "gone", "g", "aws:stack", "s"));
    assertThat(desk.tables.changes()).containsExactly("create orders", REMOVE, SET);
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False DriftGone");
    assertThat(desk.told)
        .contains("Warning DriftDetected: " + drift, "Normal DriftGone: no longer so: " + drift);
    int writes = desk.statusWrites;
    desk.settle("orders");
    assertThat(desk.statusWrites).isEqualTo(writes);
  }

  @Test
  void watchingTellsOfTagsAndWritesNothing() {
    orders.managementPolicy = ManagementPolicy.OBSERVE_ONLY;
    desk.tables.put(Tables.state().tags(Map.of("a", "1")).get());
    carryOut();
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False Differs");
    assertThat(desk.message("orders", "DriftDetected"))
        .isEqualTo("tags[a] is \"1\", the manifest says none");
    assertThat(desk.tables.changes()).isEmpty();
  }

  @Test
  void aTableThatIsTakenOverGetsTheTagsOfTheManifest() {
    desk.tables.put(Tables.state().tags(Map.of("theirs", "t")).get());
    orders.tags = List.of(new Tag("ours", "o"));
    desk.carryOut(orders);
    assertThat(desk.tables.changes()).isEmpty();
    desk.annotate("orders", "partita.dev/adopt", "true");
    desk.settle("orders");
    assertThat(made().tags()).isEqualTo(Map.of("ours", "o"));
    assertThat(desk.condition("orders", "DriftDetected")).isEqualTo("False NoDrift");
  }

  @Test
  void tagsThatTheApiRefusesAreToldInItsWordsAndNotRepeated() {
    carryOut();
    desk.tables.answerNext(new TableAnswer.Refused("The Tag Value provided is invalid"), false);
    carryOut(new Tag("a", "*"));
    desk.settle("orders");
    assertThat(desk.tables.changes()).containsExactly("create orders", SET);
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("False Refused");
    assertThat(desk.message("orders", "Synced")).isEqualTo("The Tag Value provided is invalid");
    carryOut(new Tag("a", "b"));
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
  }

  @Test
  void tagsThatAreNotTakenNowAreTriedAgain() {
    carryOut();
    List<TableAnswer> failures =
        List.of(
            new TableAnswer.NotNow("Rate exceeded"),
            new TableAnswer.InUse("Table is being updated: orders"),
            new TableAnswer.Unreachable("connection reset"));
    for (TableAnswer failure : failures) {
      desk.tables.answerNext(failure, false);
      carryOut(new Tag("after", failure.getClass().getSimpleName()));
      assertThat(made().tags()).isEqualTo(Map.of("after", failure.getClass().getSimpleName()));
      assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    }
  }

  @Test
  void tagsThatCannotBeReadLeaveTheTableItsResourcesAndAreTold() {
    carryOut(new Tag("team", "a"));
    desk.tables.answerLooks(new TableAnswer.InUse("unknown operation"));
    desk.turn("orders");
    assertThat(desk.condition("orders", "Ready")).isEqualTo("True Active");
    desk.now = desk.now.plus(TableWork.SILENCE_GRACE);
    desk.turn("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("Unknown Unreachable");
    assertThat(desk.message("orders", "Synced")).contains("unknown operation");
    assertThat(desk.status("orders").tableId()).isEqualTo("id-1");
    desk.tables.answerLooks(null);
    desk.settle("orders");
    assertThat(desk.condition("orders", "Synced")).isEqualTo("True InSync");
    assertThat(desk.tables.changes()).containsExactly("create orders");
  }
}
