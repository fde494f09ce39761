package io.saltus.persistence.projection;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.TreeMap;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.Ordering;

/**
 * An immutable map in the order of its keys, of which another one that differs in a key is made in
 * logarithmic time: Scala's red-black tree, of which Pekko brings the library, as a map of Java.
 */
final class PersistentMap<K extends Comparable<K>, V> extends AbstractMap<K, V> {

  private final TreeMap<K, V> tree;

  private PersistentMap(TreeMap<K, V> tree) {
    this.tree = tree;
  }

  static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
    return new PersistentMap<>(
        new TreeMap<>(Ordering.comparatorToOrdering(Comparator.<K>naturalOrder())));
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
    return new PersistentMap<>(tree.updated(key, value));
  }

  /** Without a key, which need not be there. */
  PersistentMap<K, V> without(K key) {
    return new PersistentMap<>(tree.removed(key));
  }

  @Override
  public int size() {
    return tree.size();
  }

  @Override
  public boolean containsKey(Object key) {
    return find(key).isDefined();
  }

  @Override
  public @Nullable V get(Object key) {
    Option<V> found = find(key);
    return found.isDefined() ? found.get() : null;
  }

  @SuppressWarnings("unchecked") // As with every sorted map: a key of another type is an error.
  private Option<V> find(Object key) {
    return tree.get((K) key);
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        Iterator<Tuple2<K, V>> pairs = CollectionConverters.asJava(tree.iterator());
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return pairs.hasNext();
          }

          @Override
          public Map.Entry<K, V> next() {
            Tuple2<K, V> pair = pairs.next();
            return Map.entry(pair._1(), pair._2());
          }
        };
      }

      @Override
      public int size() {
        return tree.size();
      }
    };
  }
}
