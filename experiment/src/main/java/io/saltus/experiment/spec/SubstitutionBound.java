package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An upper bound on the characters that a spec has once its substitutions are put in, found without
 * putting them in: <code>b = ${a}${a}</code> doubles with every line, so the size must be known
 * before the library resolves.
 *
 * <p>Each value that holds substitutions counts its own text and, for each substitution, the size
 * of everything at, above or below the path it names. A value that refers to itself, directly or in
 * a circle, is one with n substitutions in all, and n substitutions at most double n times.
 */
final class SubstitutionBound {

  private static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise();
  private static final long UNBOUNDED = Long.MAX_VALUE / 4;

  /** A value: the length of its text, and the paths that its substitutions name. */
  private record Leaf(List<String> path, long length, List<List<String>> references) {}

  private final List<Leaf> leaves = new ArrayList<>();
  private final Map<Leaf, Long> sizes = new HashMap<>();
  private final Set<Leaf> visiting = new HashSet<>();
  private boolean circular;

  private SubstitutionBound() {}

  static long of(ConfigObject root) {
    SubstitutionBound bound = new SubstitutionBound();
    bound.gather(new ArrayList<>(), root);
    long total = 0;
    for (Leaf leaf : bound.leaves) {
      total = Math.min(UNBOUNDED, total + bound.size(leaf));
    }
    return bound.circular ? Math.max(total, bound.doubled()) : total;
  }

  private void gather(List<String> path, ConfigValue value) {
    try {
      if (value instanceof ConfigObject object) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
          path.add(entry.getKey());
          gather(path, entry.getValue());
          path.remove(path.size() - 1);
        }
        return;
      }
      if (value instanceof ConfigList list) {
        for (ConfigValue element : list) {
          gather(path, element);
        }
        return;
      }
    } catch (ConfigException.NotResolved e) {
      // An object or a list that is itself put together by substitutions: taken as text.
    }
    String text = value.render(CONCISE);
    leaves.add(new Leaf(List.copyOf(path), text.length(), references(text)));
  }

  private long size(Leaf leaf) {
    Long known = sizes.get(leaf);
    if (known != null) {
      return known;
    }
    if (!visiting.add(leaf)) {
      circular = true;
      return 0;
    }
    long size = leaf.length();
    for (List<String> reference : leaf.references()) {
      for (Leaf other : leaves) {
        if (startsWith(other.path(), reference) || startsWith(reference, other.path())) {
          size = Math.min(UNBOUNDED, size + size(other));
        }
      }
    }
    visiting.remove(leaf);
    sizes.put(leaf, size);
    return size;
  }

  private long doubled() {
    long length = leaves.stream().mapToLong(Leaf::length).sum();
    int references = leaves.stream().mapToInt(leaf -> leaf.references().size()).sum();
    return references > 30 ? UNBOUNDED : length << references;
  }

  /**
   * The paths in <code>${…}</code> outside of strings; those that cannot be read name everything.
   */
  private static List<List<String>> references(String text) {
    List<List<String>> found = new ArrayList<>();
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        i += c == '\\' ? 1 : 0;
        inString = c != '"';
      } else if (c == '"') {
        inString = true;
      } else if (text.startsWith("${", i)) {
        int end = text.indexOf('}', i);
        String path = text.substring(i + 2, end < 0 ? text.length() : end);
        found.add(split(path.startsWith("?") ? path.substring(1) : path));
        i = end < 0 ? text.length() : end;
      }
    }
    return found;
  }

  private static List<String> split(String path) {
    try {
      return ConfigUtil.splitPath(path);
    } catch (ConfigException e) {
      return List.of();
    }
  }

  private static boolean startsWith(List<String> path, List<String> prefix) {
    return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
  }
}
