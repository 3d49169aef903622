package dev.partita.replication.microraft;

import dev.partita.replication.microraft.MembershipCodec.Membership;
import dev.partita.replication.microraft.Operation.SnapshotMark;
import io.microraft.RaftEndpoint;
import io.microraft.model.RaftModelFactory;
import io.microraft.model.impl.DefaultRaftModelFactory;
import io.microraft.model.log.RaftGroupMembersView;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.log.SnapshotEntry;
import java.util.List;

/// Builds what MicroRaft takes for a snapshot: one chunk that holds only the index, because the
/// state is in the state machine already.
final class Marks {
  private static final RaftModelFactory MODELS = new DefaultRaftModelFactory();

  static RaftGroupMembersView view(Membership members) {
    List<RaftEndpoint> voters = Endpoint.of(members.voters());
    return MODELS
        .createRaftGroupMembersViewBuilder()
        .setLogIndex(members.index())
        .setMembers(voters)
        .setVotingMembers(voters)
        .build();
  }

  static SnapshotChunk chunk(long index, int term, RaftGroupMembersView members) {
    return MODELS
        .createSnapshotChunkBuilder()
        .setIndex(index)
        .setTerm(term)
        .setOperation(new SnapshotMark(index))
        .setSnapshotChunkIndex(0)
        .setSnapshotChunkCount(1)
        .setGroupMembersView(members)
        .build();
  }

  static SnapshotEntry snapshot(long index, int term, RaftGroupMembersView members) {
    return MODELS
        .createSnapshotEntryBuilder()
        .setIndex(index)
        .setTerm(term)
        .setSnapshotChunks(List.of(chunk(index, term, members)))
        .setGroupMembersView(members)
        .build();
  }

  private Marks() {}
}
