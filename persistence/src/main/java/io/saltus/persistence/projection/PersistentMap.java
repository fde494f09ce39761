package io.saltus.persistence.projection;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in the order of its keys, of which another one that differs in a key is made in
 * logarithmic time: the two share all but the path to it. A treap (Seidel and Aragon, Randomized
 * search trees, Algorithmica 16, 1996) whose priorities follow from the keys, so that equal maps
 * have equal shapes.
 */
final class PersistentMap<K extends Comparable<K>, V> extends AbstractMap<K, V> {

  private static final Comparator<Node<?, ?>> BY_PRIORITY =
      Comparator.comparingInt((Node<?, ?> node) -> node.priority);

  /** A subtree; {@code priority} is not below that of its children. */
  private static final class Node<K, V> {
    private final K key;
    private final V value;
    private final int priority;
    private final int size;
    private final @Nullable Node<K, V> left;
    private final @Nullable Node<K, V> right;

    Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      this.key = key;
      this.value = value;
      this.priority = scattered(key.hashCode());
      this.left = left;
      this.right = right;
      this.size = 1 + size(left) + size(right);
    }

    Node<K, V> with(@Nullable Node<K, V> otherLeft, @Nullable Node<K, V> otherRight) {
      return new Node<>(key, value, otherLeft, otherRight);
    }
  }

  private final @Nullable Node<K, V> root;

  private PersistentMap(@Nullable Node<K, V> root) {
    this.root = root;
  }

  static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
    return new PersistentMap<>(null);
  }

  /** The map itself where it is one of these. */
  static <K extends Comparable<K>, V> PersistentMap<K, V> copyOf(Map<K, V> map) {
    if (map instanceof PersistentMap<K, V> already) {
      return already;
    }
    PersistentMap<K, V> copy = empty();
    for (Map.Entry<K, V> entry : map.entrySet()) {
      copy = copy.with(entry.getKey(), entry.getValue());
    }
    return copy;
  }

  /** With a value for a key, instead of any that was there. */
  PersistentMap<K, V> with(K key, V value) {
    return new PersistentMap<>(put(root, key, value));
  }

  /** Without a key, which need not be there. */
  PersistentMap<K, V> without(K key) {
    return containsKey(key) ? new PersistentMap<>(remove(root, key)) : this;
  }

  private static <K extends Comparable<K>, V> Node<K, V> put(
      @Nullable Node<K, V> at, K key, V value) {
    if (at == null) {
      return new Node<>(key, value, null, null);
    }
    int order = key.compareTo(at.key);
    if (order == 0) {
      return new Node<>(at.key, value, at.left, at.right);
    } else if (order < 0) {
      Node<K, V> left = put(at.left, key, value);
      return BY_PRIORITY.compare(left, at) > 0
          ? left.with(left.left, at.with(left.right, at.right))
          : at.with(left, at.right);
    }
    Node<K, V> right = put(at.right, key, value);
    return BY_PRIORITY.compare(right, at) > 0
        ? right.with(at.with(at.left, right.left), right.right)
        : at.with(at.left, right);
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> at, K key) {
    if (at == null) {
      return null;
    }
    int order = key.compareTo(at.key);
    if (order == 0) {
      return joined(at.left, at.right);
    }
    return order < 0
        ? at.with(remove(at.left, key), at.right)
        : at.with(at.left, remove(at.right, key));
  }

  /** Two subtrees, all keys of the first below all of the second. */
  private static <K, V> @Nullable Node<K, V> joined(
      @Nullable Node<K, V> below, @Nullable Node<K, V> above) {
    if (below == null) {
      return above;
    } else if (above == null) {
      return below;
    }
    return BY_PRIORITY.compare(below, above) >= 0
        ? below.with(below.left, joined(below.right, above))
        : above.with(joined(below, above.left), above.right);
  }

  private static int scattered(int hash) {
    int bits = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    bits = (bits ^ (bits >>> 13)) * 0xc2b2ae35;
    return bits ^ (bits >>> 16);
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  @Override
  public int size() {
    return size(root);
  }

  @Override
  public boolean containsKey(Object key) {
    return find(key) != null;
  }

  @Override
  public @Nullable V get(Object key) {
    Node<K, V> found = find(key);
    return found == null ? null : found.value;
  }

  @SuppressWarnings("unchecked") // As with every sorted map: a key of another type is an error.
  private @Nullable Node<K, V> find(Object key) {
    K wanted = (K) key;
    Node<K, V> at = root;
    while (at != null) {
      int order = wanted.compareTo(at.key);
      if (order == 0) {
        return at;
      }
      at = order < 0 ? at.left : at.right;
    }
    return null;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new InOrder<>(root);
      }

      @Override
      public int size() {
        return PersistentMap.this.size();
      }
    };
  }

  private static final class InOrder<K, V> implements Iterator<Map.Entry<K, V>> {

    private final Deque<Node<K, V>> ahead = new ArrayDeque<>();

    InOrder(@Nullable Node<K, V> root) {
      descend(root);
    }

    private void descend(@Nullable Node<K, V> from) {
      for (Node<K, V> at = from; at != null; at = at.left) {
        ahead.push(at);
      }
    }

    @Override
    public boolean hasNext() {
      return !ahead.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      if (ahead.isEmpty()) {
        throw new NoSuchElementException("no more entries");
      }
      Node<K, V> node = ahead.pop();
      descend(node.right);
      return Map.entry(node.key, node.value);
    }
  }
}
