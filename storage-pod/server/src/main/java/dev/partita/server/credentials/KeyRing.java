package dev.partita.server.credentials;

import dev.partita.server.auth.CredentialStore;
import dev.partita.server.auth.SecretKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The access keys that are in force now. Exchanged as a whole: a request sees the old ones or the
/// new ones.
public final class KeyRing implements CredentialStore {

  private final String account;
  private volatile Map<String, SecretKey> byId = Map.of();
  private volatile List<AccessKey> keys = List.of();

  /// @param account of whom the keys speak for
  public KeyRing(String account, Collection<AccessKey> keys) {
    this.account = account;
    replace(keys);
  }

  public void replace(Collection<AccessKey> newer) {
    Map<String, SecretKey> fresh = new HashMap<>();
    for (AccessKey key : newer) {
      fresh.put(key.id(), SecretKey.of(key.id(), key.secret(), account));
    }
    List<AccessKey> sorted = new ArrayList<>(newer);
    sorted.sort(Comparator.comparing(AccessKey::id));
    byId = Map.copyOf(fresh);
    keys = List.copyOf(sorted);
  }

  @Override
  public @Nullable SecretKey find(String accessKeyId) {
    return byId.get(accessKeyId);
  }

  /// In the order of their ids.
  public List<AccessKey> keys() {
    return keys;
  }
}
