package dev.partita.replication.microraft;

import dev.partita.replication.GroupId;
import dev.partita.replication.Replica;
import dev.partita.replication.Transport;
import io.microraft.RaftEndpoint;
import io.microraft.model.impl.message.DefaultAppendEntriesSuccessResponseOrBuilder;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.RaftMessage;

/// Sends the core's messages. Nothing is acknowledged that is not on disk, and nothing is sent from
/// a term that is not, see {@link CoreStore}. (Images and requests for them say nothing of our
/// term.)
final class CoreTransport implements io.microraft.transport.Transport {
  private static final long NOTHING = -1;

  private final GroupId group;
  private final long self;
  private final Transport transport;
  private final Life life;
  private final CoreStore store;
  private final CatchUp catchUp;

  private long matchingInsteadOfRejected = NOTHING;

  CoreTransport(
      GroupId group, long self, Transport transport, Life life, CoreStore store, CatchUp catchUp) {
    this.group = group;
    this.self = self;
    this.transport = transport;
    this.life = life;
    this.store = store;
    this.catchUp = catchUp;
  }

  /// Runs `handling`; if the core rejects an append meanwhile, tells the leader that the logs match
  /// up to `index` instead. Only on the lane.
  void answerMatching(long index, Runnable handling) {
    matchingInsteadOfRejected = index;
    try {
      handling.run();
    } finally {
      matchingInsteadOfRejected = NOTHING;
    }
  }

  @Override
  public void send(RaftEndpoint target, RaftMessage message) {
    if (life.isOver()) {
      return;
    }
    RaftMessage sent =
        switch (message) {
          case AppendEntriesFailureResponse rejected -> rejection(rejected);
          case InstallSnapshotRequest mark -> catchUp.insteadOf(mark, target);
          default -> message;
        };
    store.settleTerm();
    if (sent instanceof AppendEntriesSuccessResponse) {
      store.flush();
    }
    send(Endpoint.replica(target), new PeerMessage.Raft(sent));
  }

  private RaftMessage rejection(AppendEntriesFailureResponse rejected) {
    if (matchingInsteadOfRejected == NOTHING) {
      return catchUp.withOurEnd(rejected);
    }
    return new DefaultAppendEntriesSuccessResponseOrBuilder()
        .setGroupId(rejected.getGroupId())
        .setSender(rejected.getSender())
        .setTerm(rejected.getTerm())
        .setLastLogIndex(matchingInsteadOfRejected)
        .setQuerySequenceNumber(rejected.getQuerySequenceNumber())
        .setFlowControlSequenceNumber(rejected.getFlowControlSequenceNumber())
        .build();
  }

  /// On any thread.
  void send(Replica target, PeerMessage message) {
    if (!life.isOver()) {
      transport.send(target.pod(), group, MessageCodec.encode(target.id(), self, message));
    }
  }

  @Override
  public boolean isReachable(RaftEndpoint endpoint) {
    return transport.reachable(Endpoint.replica(endpoint).pod());
  }
}
