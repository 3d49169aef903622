package dev.partita.kube.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

class AnswersTest {

  private static final ServiceNames NAMES =
      new ServiceNames(
          Map.of(
              "store.shop.svc.cluster.local", List.of("198.18.17.2", "198.18.18.2"),
              "store-0.store.shop.svc.cluster.local", List.of("198.18.17.2"),
              "empty.shop.svc.cluster.local", List.of()),
          Map.of(
              "_http._tcp.store.shop.svc.cluster.local",
              List.of(new ServiceNames.Target("store-0.store.shop.svc.cluster.local", 80))));

  @Test
  void aNameGetsAllItsAddresses() {
    Message answer = ask("store.shop.svc.cluster.local.", Type.A);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer.getSection(Section.ANSWER))
        .extracting(Record::rdataToString)
        .containsExactly("198.18.17.2", "198.18.18.2");
  }

  @Test
  void capitalsAreTheSameName() {
    assertThat(ask("STORE-0.store.Shop.svc.cluster.local.", Type.A).getSection(Section.ANSWER))
        .hasSize(1);
  }

  @Test
  void aNameWithoutAnAddressOfTheKindAskedForExistsAllTheSame() {
    // A resolver that hears NXDOMAIN for AAAA would not believe the A record either.
    Message answer = ask("store.shop.svc.cluster.local.", Type.AAAA);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(ask("empty.shop.svc.cluster.local.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void whatIsAboveANameExistsToo() {
    assertThat(ask("shop.svc.cluster.local.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void aNameThatNobodyHasIsDenied() {
    assertThat(ask("other.shop.svc.cluster.local.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(ask("example.com.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(ask("notcluster.local.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void aNamedPortLeadsToItsPod() {
    assertThat(ask("_http._tcp.store.shop.svc.cluster.local.", Type.SRV).getSection(Section.ANSWER))
        .extracting(Record::rdataToString)
        .containsExactly("0 100 80 store-0.store.shop.svc.cluster.local.");
  }

  @Test
  void theAnswerBelongsToTheQuestion() {
    Message query = query("store.shop.svc.cluster.local.", Type.A);
    Message answer = Answers.answer(query, NAMES);
    assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
    assertThat(answer.getQuestion()).isEqualTo(query.getQuestion());
    assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
  }

  private static Message ask(String name, int type) {
    return Answers.answer(query(name, type), NAMES);
  }

  private static Message query(String name, int type) {
    try {
      return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
