package dev.partita.kube.agent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// What a question gets for an answer. Pure.
final class Answers {

  /// Clients shall notice soon that a pod has another address.
  private static final long TTL_SECONDS = 5;

  private static final int PRIORITY = 0;
  private static final int WEIGHT = 100;

  private Answers() {}

  /// Answers with authority inside the cluster's domain and refuses everything else: there is no
  /// way out of the cluster's network.
  static Message answer(Message query, ServiceNames names) {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
      answer.getHeader().setFlag(Flags.RA);
    }
    @Nullable Record question = query.getQuestion();
    if (query.getHeader().getOpcode() != Opcode.QUERY || question == null) {
      answer.getHeader().setRcode(Rcode.NOTIMP);
      return answer;
    }
    answer.addRecord(question, Section.QUESTION);
    String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
    if (!name.equals(ServiceNames.DOMAIN) && !name.endsWith("." + ServiceNames.DOMAIN)) {
      // Not REFUSED: a resolver would ask again and again, and the name after it in a search list
      // would never be tried.
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
      return answer;
    }
    @Nullable List<String> addresses = names.addresses().get(name);
    @Nullable List<ServiceNames.Target> ports = names.ports().get(name);
    if (addresses == null && ports == null && !isParent(name, names)) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
      return answer;
    }
    if (addresses != null && asks(question, Type.A)) {
      for (String address : addresses) {
        answer.addRecord(
            new ARecord(question.getName(), DClass.IN, TTL_SECONDS, inet(address)), Section.ANSWER);
      }
    }
    if (ports != null && asks(question, Type.SRV)) {
      for (ServiceNames.Target target : ports) {
        answer.addRecord(
            new SRVRecord(
                question.getName(),
                DClass.IN,
                TTL_SECONDS,
                PRIORITY,
                WEIGHT,
                target.port(),
                name(target.host())),
            Section.ANSWER);
      }
    }
    return answer;
  }

  private static boolean asks(Record question, int type) {
    return question.getType() == type || question.getType() == Type.ANY;
  }

  /// A name that only has names below it exists too; to say it does not would deny those as well.
  private static boolean isParent(String name, ServiceNames names) {
    return name.equals(ServiceNames.DOMAIN)
        || names.addresses().keySet().stream().anyMatch(known -> known.endsWith("." + name));
  }

  private static InetAddress inet(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is no address", e);
    }
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text + ".");
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text + " is no name", e);
    }
  }
}
