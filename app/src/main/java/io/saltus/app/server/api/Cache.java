package io.saltus.app.server.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps what was made of things as they stood at a version of theirs; of so many, those that were
 * asked for last.
 *
 * @param <K> names a thing
 * @param <V> what is made of it
 */
final class Cache<K, V> {

  private final Map<K, Versioned<V>> kept;

  private record Versioned<V>(long version, V value) {}

  Cache(int most) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Versioned<V>> eldest) {
            return size() > most;
          }
        };
  }

  /** What is known for a version, else what is made now. */
  V get(K key, long version, Supplier<V> made) {
    synchronized (kept) {
      Versioned<V> known = kept.get(key);
      if (known != null && known.version() == version) {
        return known.value();
      }
    }
    // Made outside: others need not wait, and twice made is the same.
    V value = made.get();
    synchronized (kept) {
      kept.put(key, new Versioned<>(version, value));
    }
    return value;
  }

  /** What was made last, whatever of. */
  Optional<V> known(K key) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(key)).map(Versioned::value);
    }
  }
}
