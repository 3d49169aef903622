package dev.partita.engine;

import static dev.partita.engine.ItemStoreTest.bytes;
import static dev.partita.engine.ItemStoreTest.options;
import static dev.partita.engine.ItemStoreTest.put;
import static dev.partita.engine.ItemStoreTest.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplaceRangeTest {

  private static final class PowerCut extends RuntimeException {}

  @TempDir Path directory;
  private ItemStore store;

  @BeforeEach
  void open() {
    store = ItemStore.open(directory, options());
    for (String key : List.of("a", "b1", "b2", "c")) {
      put(store, key, "old");
    }
    store.flush();
  }

  @AfterEach
  void close() {
    store.closeUnflushed();
  }

  private ItemStore openCutAt(Replacements.Step step) {
    return ItemStore.open(
        directory,
        options(),
        reached -> {
          if (reached == step) {
            throw new PowerCut();
          }
        });
  }

  private static List<Path> newRows(ItemStore store) {
    try (TableFile first = store.newTableFile();
        TableFile second = store.newTableFile()) {
      first.put(bytes("b0"), bytes("new"));
      first.put(bytes("b2"), bytes("new"));
      second.put(bytes("b5"), bytes("new"));
      return List.of(first.finish(), second.finish());
    }
  }

  private static void replace(ItemStore store, List<Path> files) {
    store.replaceRange(bytes("b"), bytes("c"), files, bytes("position"), bytes("new"));
  }

  private static final List<String> OLD = List.of("a=old", "b1=old", "b2=old", "c=old");
  private static final List<String> NEW = List.of("a=old", "b0=new", "b2=new", "b5=new", "c=old");

  @Test
  void theRangeHoldsExactlyTheRowsOfTheFiles() {
    replace(store, newRows(store));

    assertThat(rows(store, "a", "z")).isEqualTo(NEW);
    assertThat(store.meta(bytes("position"))).isEqualTo(bytes("new"));
    put(store, "b1", "later");
    assertThat(rows(store, "b1", "b2")).containsExactly("b1=later");
  }

  @Test
  void noFilesMeanAnEmptyRange() {
    replace(store, List.of());

    assertThat(rows(store, "a", "z")).containsExactly("a=old", "c=old");
  }

  @Test
  void theReplacementIsDurableWhenTheCallReturns() {
    replace(store, newRows(store));
    store.closeUnflushed();
    store = ItemStore.open(directory, options());

    assertThat(rows(store, "a", "z")).isEqualTo(NEW);
    assertThat(store.meta(bytes("position"))).isEqualTo(bytes("new"));
  }

  @ParameterizedTest
  @EnumSource
  void aPowerCutAtAnyStepUndoesOrFinishesIt(Replacements.Step step) throws IOException {
    store.close();
    ItemStore cut = openCutAt(step);
    List<Path> files = newRows(cut);
    assertThatThrownBy(() -> replace(cut, files)).isInstanceOf(PowerCut.class);
    cut.closeUnflushed();

    store = ItemStore.open(directory, options());

    boolean finished = step != Replacements.Step.INTENT_WRITTEN;
    assertThat(rows(store, "a", "z")).isEqualTo(finished ? NEW : OLD);
    assertThat(store.meta(bytes("position"))).isEqualTo(finished ? bytes("new") : null);
    try (Stream<Path> left = Files.list(directory.resolve("staging"))) {
      assertThat(left).isEmpty();
    }
    put(store, "b1", "later");
    store.flush();
    store.closeUnflushed();
    store = ItemStore.open(directory, options());
    assertThat(rows(store, "b1", "b2")).containsExactly("b1=later");
  }

  @ParameterizedTest
  @EnumSource(
      value = Replacements.Step.class,
      names = {"INTENT_DURABLE", "RANGE_DELETED", "FILES_TAKEN_IN", "META_WRITTEN"})
  void aStagedFileThatTheDiskLostIsNotTakenForOneThatWasTakenIn(Replacements.Step step)
      throws IOException {
    store.close();
    ItemStore cut = openCutAt(step);
    List<Path> files = newRows(cut);
    assertThatThrownBy(() -> replace(cut, files)).isInstanceOf(PowerCut.class);
    cut.closeUnflushed();
    Files.delete(files.getLast());

    assertThatThrownBy(() -> ItemStore.open(directory, options()))
        .isInstanceOf(CorruptStoreException.class)
        .hasMessageContaining(files.getLast().toString());
  }

  @Test
  void nothingIsReplacedBehindAReplacementThatFailedHalfWay() {
    store.close();
    store = openCutAt(Replacements.Step.RANGE_DELETED);
    assertThatThrownBy(() -> replace(store, List.of())).isInstanceOf(PowerCut.class);

    assertThatThrownBy(() -> replace(store, List.of()))
        .isExactlyInstanceOf(StorageException.class)
        .hasMessageContaining("must be opened again");
  }

  @Test
  void stagedFilesAreGoneWhenTheReplacementIsComplete() throws IOException {
    replace(store, newRows(store));

    try (Stream<Path> left = Files.list(directory.resolve("staging"))) {
      assertThat(left).isEmpty();
    }
    replace(store, newRows(store));
    assertThat(rows(store, "a", "z")).isEqualTo(NEW);
  }

  @Test
  void rowsOfATableFileMustAscend() {
    try (TableFile file = store.newTableFile()) {
      file.put(bytes("b"), bytes("1"));
      assertThatThrownBy(() -> file.put(bytes("b"), bytes("2")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> file.put(bytes("a"), bytes("2")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anEmptyTableFileIsRefusedAndLeavesNothingBehind() throws IOException {
    try (TableFile file = store.newTableFile()) {
      assertThatThrownBy(file::finish).isInstanceOf(IllegalStateException.class);
    }
    try (Stream<Path> left = Files.list(directory.resolve("staging"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void filesFromElsewhereAreRefused() {
    assertThatThrownBy(() -> replace(store, List.of(directory.resolve("other.sst"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rows(store, "a", "z")).isEqualTo(OLD);
  }

  @Test
  void garbageInPlaceOfAnIntentIsNotActedUpon() {
    byte[] encoded =
        new RangeReplacement(bytes("a"), bytes("b"), List.of("1.sst"), bytes("k"), bytes("v"))
            .encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> RangeReplacement.decode(cut))
          .isInstanceOf(CorruptStoreException.class);
    }
    assertThat(RangeReplacement.decode(encoded).files()).containsExactly("1.sst");
  }
}
