package dev.partita.replication;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// All groups of one pod: opens, finds and removes them, and takes what the transport brings.
public interface GroupHost extends AutoCloseable {

  /// Opens a group: restores it if the log store knows it, else founds it. Completes when the
  /// replica takes part. A group is created only by this call, never by a message.
  ///
  /// @param self must be one of `founders` unless the group is restored
  /// @param founders the first voters, alike on all of them; ignored when the group is restored
  CompletableFuture<Group> open(
      GroupId id, Replica self, List<Replica> founders, StateMachine machine);

  @Nullable Group find(GroupId id);

  Collection<Group> groups();

  /// Stops a group's replica and erases its log, also of a group that was not opened since the
  /// restart. Nothing happens where there is none. The state machine's data is the caller's.
  CompletableFuture<@Nullable Void> remove(GroupId id);

  /// Takes one message from a peer's {@link Transport#send}; drops what it cannot read or use.
  void receive(String fromPod, GroupId group, byte[] message);

  /// Messages dropped so far because they could not be read, came from the wrong pod, or found the
  /// group's executor too far behind.
  long droppedMessages();

  /// How followers that fell behind were helped from here.
  Helped helped();

  /// @param byEntries messages with entries that the core had forgotten, but not we
  /// @param byImages images of a state that began to be sent
  record Helped(long byEntries, long byImages) {}

  /// Marks taken because the entries behind the last one were too large, since the host was opened.
  long earlyMarks();

  /// Stops all groups; what is in flight ends with {@link Proposal.Unknown}.
  @Override
  void close();
}
