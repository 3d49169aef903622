package dev.partita.e2e.check;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/// One client call on one register, as the client saw it. A register holds an integer or nothing.
///
/// @param client who called
/// @param call what was asked
/// @param invokedAt before the request was sent, nanoseconds on one clock
/// @param returnedAt after the answer arrived; {@link Long#MAX_VALUE} if none came that tells the
///   outcome
/// @param answer null where the outcome is unknown
public record Operation(
    int client, Call call, long invokedAt, long returnedAt, @Nullable Answer answer) {

  public Operation {
    if (returnedAt < invokedAt || (answer == null) != (returnedAt == Long.MAX_VALUE)) {
      throw new IllegalArgumentException("an unknown outcome has no end: " + call + " " + answer);
    }
  }

  /// What a client can ask.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Call.Read.class, name = "Read"),
    @JsonSubTypes.Type(value = Call.Write.class, name = "Write"),
    @JsonSubTypes.Type(value = Call.Swap.class, name = "Swap"),
    @JsonSubTypes.Type(value = Call.Exchange.class, name = "Exchange"),
    @JsonSubTypes.Type(value = Call.Add.class, name = "Add"),
    @JsonSubTypes.Type(value = Call.AddBelow.class, name = "AddBelow"),
    @JsonSubTypes.Type(value = Call.Delete.class, name = "Delete")
  })
  public sealed interface Call {
    record Read() implements Call {}

    record Write(long value) implements Call {}

    /// Replaces `expected` by `value`, or fails.
    record Swap(long expected, long value) implements Call {}

    /// Writes and is told what was there before.
    record Exchange(long value) implements Call {}

    /// Adds to what is there, or to 0, and is told the sum.
    record Add(long amount) implements Call {}

    /// Adds if something is there and it is below `limit`, and is told the sum; or fails.
    record AddBelow(long amount, long limit) implements Call {}

    record Delete() implements Call {}
  }

  /// What a client can be told.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Value.class, name = "Value"),
    @JsonSubTypes.Type(value = Answer.Done.class, name = "Done"),
    @JsonSubTypes.Type(value = Answer.Refused.class, name = "Refused")
  })
  public sealed interface Answer {
    /// @param value null for a register that holds nothing
    record Value(@Nullable Long value) implements Answer {}

    record Done() implements Answer {}

    /// The condition was false.
    ///
    /// @param found what the register held instead; null for nothing
    record Refused(@Nullable Long found) implements Answer {}
  }
}
