package dev.partita.cluster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cluster.TableOutcome;
import dev.partita.cluster.catalog.CatalogCommand.ActivateTable;
import dev.partita.cluster.catalog.CatalogCommand.CreateTable;
import dev.partita.cluster.catalog.CatalogCommand.DeleteTable;
import dev.partita.cluster.catalog.CatalogCommand.RemoveTable;
import dev.partita.cluster.catalog.CatalogCommand.UpdateTable;
import dev.partita.cluster.catalog.CatalogStore.Image;
import dev.partita.model.error.CorruptDataException;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;
import dev.partita.replication.Position;
import dev.partita.replication.StagingException;
import dev.partita.replication.StateMachine.SnapshotReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CatalogBytesTest {
  private static final CreateTable CREATE =
      new CreateTable(
          new UUID(0x1111, 0x2222),
          0x3333,
          Definitions.onDemand("tab"),
          List.of(List.of("a", "b", "c"), List.of("d")),
          2_500);
  private static final List<CatalogCommand> COMMANDS =
      List.of(
          CREATE,
          new ActivateTable(7),
          new UpdateTable(
              Definitions.provisioned("tab", 1, 2), Definitions.provisioned("tab", 3, 4), 99),
          new DeleteTable("tab"),
          new RemoveTable(8));

  @Test
  void commandsComeBackAsTheyWere() {
    for (CatalogCommand command : COMMANDS) {
      assertThat(CatalogCommands.decode(CatalogCommands.encode(command))).isEqualTo(command);
    }
  }

  @Test
  void theBytesOfCommandsNeverChange() {
    assertThat(hex(CatalogCommands.encode(new ActivateTable(7)))).isEqualTo("01020000000000000007");
    assertThat(hex(CatalogCommands.encode(new DeleteTable("tab")))).isEqualTo("010403746162");
    assertThat(hex(CatalogCommands.encode(new RemoveTable(8)))).isEqualTo("01050000000000000008");
    assertThat(hex(CatalogCommands.encode(CREATE)))
        .isEqualTo(
            "0101"
                + "0000000000001111"
                + "0000000000002222"
                + "0000000000003333"
                + "24"
                + "01"
                + "03746162"
                + "01026964"
                + "00"
                + "026964"
                + "00"
                + "01"
                + "0000000000000000"
                + "0000000000000000"
                + "00"
                + "00"
                + "00"
                + "00"
                + "00"
                + "000009c4"
                + "02"
                + "03"
                + "0161"
                + "0162"
                + "0163"
                + "01"
                + "0164");
  }

  @Test
  void intentsAndRepliesComeBackAsTheyWere() {
    for (Intent intent :
        List.of(
            new Intent.Create(Definitions.onDemand("t")),
            new Intent.Update(Definitions.onDemand("t"), Definitions.provisioned("t", 1, 1)),
            new Intent.Delete("t"))) {
      assertThat(Intent.decode(intent.encode())).isEqualTo(intent);
    }
    for (ChangeReply reply : replies()) {
      assertThat(ChangeReply.decode(reply.encode())).isEqualTo(reply);
    }
  }

  @Test
  void whateverTheBytesAreDecodingEndsInAValueOrInCorruptData() {
    Random random = new Random(5);
    List<byte[]> goods = new ArrayList<>();
    COMMANDS.forEach(command -> goods.add(CatalogCommands.encode(command)));
    replies().forEach(reply -> goods.add(reply.encode()));
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = goods.get(random.nextInt(goods.size())).clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
      decoded(CatalogCommands::decode, cut);
      decoded(Intent::decode, cut);
      decoded(ChangeReply::decode, cut);
    }
  }

  @Test
  void aSnapshotInSmallPiecesGivesTheSameState() {
    CatalogState state = CatalogState.EMPTY;
    for (int i = 0; i < 50; i++) {
      CreateTable create =
          new CreateTable(
              new UUID(0, i), i, Definitions.onDemand("t" + i), List.of(List.of("a")), 100);
      state = Transitions.apply(state, create).state();
    }
    List<byte[]> pieces = pieces(new Image(new Position(60, 3), state));
    assertThat(pieces).hasSizeGreaterThan(5);
    List<Image> installed = new ArrayList<>();
    CatalogSnapshot.Writer writer = new CatalogSnapshot.Writer(new Position(60, 3), installed::add);
    pieces.forEach(writer::accept);
    writer.complete();
    writer.install();
    CatalogState received = installed.getFirst().state();
    assertThat(List.copyOf(received.tables())).isEqualTo(List.copyOf(state.tables()));
    assertThat(received.nextTableId()).isEqualTo(state.nextTableId());
    assertThat(received.nextPartitionId()).isEqualTo(state.nextPartitionId());
    assertThat(installed.getFirst().position()).isEqualTo(new Position(60, 3));
  }

  @Test
  void aSnapshotWithAPieceMissingIsNotInstalled() {
    CatalogState state = Transitions.apply(CatalogState.EMPTY, CREATE).state();
    List<byte[]> pieces = pieces(new Image(new Position(2, 1), state));
    assertThat(pieces).hasSize(3);
    for (int missing = 0; missing < 3; missing++) {
      int left = missing;
      assertThatThrownBy(
              () -> {
                CatalogSnapshot.Writer writer =
                    new CatalogSnapshot.Writer(new Position(2, 1), _ -> {});
                for (int i = 0; i < 3; i++) {
                  if (i != left) {
                    writer.accept(pieces.get(i));
                  }
                }
                writer.complete();
              })
          .isInstanceOf(StagingException.class);
    }
  }

  private static List<byte[]> pieces(Image image) {
    List<byte[]> pieces = new ArrayList<>();
    SnapshotReader reader = CatalogSnapshot.reader(image);
    for (byte[] piece = reader.next(200); piece != null; piece = reader.next(200)) {
      pieces.add(piece);
    }
    return pieces;
  }

  private static List<ChangeReply> replies() {
    Transitions.Step step = Transitions.apply(CatalogState.EMPTY, CREATE);
    TableRecord table = ((TableOutcome.Done) step.outcome()).table();
    List<ChangeReply> replies = new ArrayList<>(List.of(new ChangeReply.NotLeader()));
    for (TableOutcome outcome :
        List.of(
            new TableOutcome.Done(table),
            new TableOutcome.NotFound(),
            new TableOutcome.AlreadyExists(),
            new TableOutcome.InUse(TableStatus.CREATING),
            new TableOutcome.InUse(TableStatus.UPDATING),
            new TableOutcome.InUse(TableStatus.ACTIVE),
            new TableOutcome.InUse(TableStatus.DELETING),
            new TableOutcome.Protected(),
            new TableOutcome.Changed(),
            new TableOutcome.LimitExceeded("too many"),
            new TableOutcome.Unavailable("no leader"))) {
      replies.add(new ChangeReply.Decided(outcome, 42));
    }
    return replies;
  }

  private static void decoded(Consumer<byte[]> decoder, byte[] bytes) {
    try {
      decoder.accept(bytes);
    } catch (CorruptDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
