package dev.partita.server.pod;

import dev.partita.server.credentials.AccessKey;
import dev.partita.server.credentials.FollowedCredentials;
import java.util.List;

/// Who may send requests.
public sealed interface Access {

  /// Signatures are not checked.
  record Everybody() implements Access {}

  /// Who has one of these keys.
  record Keys(List<AccessKey> keys) implements Access {
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /// Who has one of the keys that somebody else writes to files; none lets nobody in.
  record Followed(FollowedCredentials source) implements Access {}

  /// Without keys everybody.
  static Access of(List<AccessKey> keys) {
    return keys.isEmpty() ? new Everybody() : new Keys(keys);
  }
}
