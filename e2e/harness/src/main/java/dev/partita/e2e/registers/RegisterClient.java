package dev.partita.e2e.registers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.partita.e2e.check.Operation;
import dev.partita.e2e.check.Operation.Answer;
import dev.partita.e2e.check.Operation.Call;
import dev.partita.e2e.wire.WireClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/// Plays calls on a register, kept as attribute `v` of the item `pk = name`, over the wire and
/// records what the client saw. Only what DynamoDB's contract lets a client conclude is taken for
/// an answer: a 5xx or a broken connection leaves a write's outcome unknown.
public final class RegisterClient {

  /// A refusal is as good as a read.
  private static final String TELL_WHAT_FAILED =
      "\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\",";

  private final int id;
  private final WireClient wire;
  private final String table;
  private long notSent;
  private long refused;
  private long unanswered;

  /// @param id number of this client, other than that of every other client of the run
  public RegisterClient(int id, WireClient wire, String table) {
    this.id = id;
    this.wire = wire;
    this.table = table;
  }

  /// Calls that told nothing, by reason.
  ///
  /// @param notSent no connection: the pod or its name was not to be found
  /// @param refused a pod said that it cannot, by a 5xx or by throttling
  /// @param unanswered no whole answer came in time
  public record InVain(long notSent, long refused, long unanswered) {
    public InVain plus(InVain other) {
      return new InVain(
          notSent + other.notSent, refused + other.refused, unanswered + other.unanswered);
    }
  }

  /// What was in vain so far.
  public InVain inVain() {
    return new InVain(notSent, refused, unanswered);
  }

  /// @return null where the call certainly had no effect and tells nothing (a read without answer)
  public @Nullable Operation play(String register, Call call) throws InterruptedException {
    long invoked = System.nanoTime();
    Answer answer = null;
    try {
      WireClient.Answer reply = wire.call(operation(call), body(register, call));
      if (reply.errorType().equals("ThrottlingException")) {
        refused++;
        return null;
      }
      answer = answer(call, reply);
      refused += answer == null ? 1 : 0;
    } catch (ConnectException | HttpConnectTimeoutException e) {
      notSent++;
      return null;
    } catch (IOException e) {
      unanswered++;
    }
    long returned = System.nanoTime();
    if (answer == null && call instanceof Call.Read) {
      return null;
    }
    return new Operation(id, call, invoked, answer == null ? Long.MAX_VALUE : returned, answer);
  }

  private static String operation(Call call) {
    return switch (call) {
      case Call.Read() -> "GetItem";
      case Call.Write _, Call.Exchange _ -> "PutItem";
      case Call.Swap _, Call.Add _, Call.AddBelow _ -> "UpdateItem";
      case Call.Delete() -> "DeleteItem";
    };
  }

  private String body(String register, Call call) {
    String head = "{\"TableName\":\"%s\",".formatted(table);
    String key = "\"Key\":{\"pk\":{\"S\":\"%s\"}}".formatted(register);
    return switch (call) {
      case Call.Read() -> head + key + ",\"ConsistentRead\":true}";
      case Call.Write(long v) -> head + item(register, v) + "}";
      case Call.Exchange(long v) -> head + item(register, v) + ",\"ReturnValues\":\"ALL_OLD\"}";
      case Call.Delete() -> head + key + "}";
      case Call.Swap(long expected, long v) ->
          head
              + key
              + ",\"UpdateExpression\":\"SET v = :n\",\"ConditionExpression\":\"v = :e\","
              + TELL_WHAT_FAILED
              + "\"ExpressionAttributeValues\":{\":n\":{\"N\":\"%d\"},\":e\":{\"N\":\"%d\"}}}"
                  .formatted(v, expected);
      case Call.AddBelow(long amount, long limit) ->
          head
              + key
              + ",\"UpdateExpression\":\"SET v = v + :d\",\"ConditionExpression\":\"v < :l\","
              + TELL_WHAT_FAILED
              + "\"ReturnValues\":\"UPDATED_NEW\","
              + "\"ExpressionAttributeValues\":{\":d\":{\"N\":\"%d\"},\":l\":{\"N\":\"%d\"}}}"
                  .formatted(amount, limit);
      case Call.Add(long amount) ->
          head
              + key
              + ",\"UpdateExpression\":\"ADD v :d\",\"ReturnValues\":\"UPDATED_NEW\","
              + "\"ExpressionAttributeValues\":{\":d\":{\"N\":\"%d\"}}}".formatted(amount);
    };
  }

  private static String item(String register, long v) {
    return "\"Item\":{\"pk\":{\"S\":\"%s\"},\"v\":{\"N\":\"%d\"}}".formatted(register, v);
  }

  private static @Nullable Answer answer(Call call, WireClient.Answer reply) {
    if (reply.status() >= 500) {
      return null;
    }
    if (reply.status() == 400) {
      if (reply.errorType().equals("ConditionalCheckFailedException")
          && (call instanceof Call.Swap || call instanceof Call.AddBelow)) {
        return new Answer.Refused(value(reply.body().path("Item")));
      }
      throw new IllegalStateException("no such answer to " + call + ": " + reply.text());
    }
    return switch (call) {
      case Call.Read() -> new Answer.Value(value(reply.body().path("Item")));
      case Call.Add _, Call.AddBelow _, Call.Exchange _ ->
          new Answer.Value(value(reply.body().path("Attributes")));
      case Call.Write _, Call.Swap _, Call.Delete() -> new Answer.Done();
    };
  }

  private static @Nullable Long value(JsonNode item) {
    JsonNode v = item.path("v").path("N");
    return v.isMissingNode() ? null : Long.valueOf(v.asText());
  }
}
