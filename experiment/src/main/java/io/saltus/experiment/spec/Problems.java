package io.saltus.experiment.spec;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers everything that is wrong with a spec, each problem once. */
final class Problems {

  private static final Pattern LINE = Pattern.compile("(?s)(.*?): ([0-9]+)(-[0-9]+)?");
  private static final String MERGED = "merge of ";

  private final Set<SpecProblem> found = new LinkedHashSet<>();
  private final Set<String> flags;

  /**
   * @param flags places that are flags of the command line and have no lines
   */
  Problems(Set<String> flags) {
    this.flags = Set.copyOf(flags);
  }

  void add(String path, String what, ConfigOrigin origin) {
    add(path, what, where(origin));
  }

  void add(String path, String what, String where) {
    found.add(new SpecProblem(path, what, where));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int size() {
    return found.size();
  }

  List<SpecProblem> all() {
    return new ArrayList<>(found);
  }

  /** File and line, or the flag. */
  String where(ConfigOrigin origin) {
    String description = origin.description();
    if (description.startsWith(MERGED)) {
      // Of a merged object the first origin is the one that wins.
      description = description.substring(MERGED.length());
      for (String flag : flags) {
        if (description.startsWith(flag)) {
          return flag;
        }
      }
      int comma = description.indexOf(',');
      description = comma < 0 ? description : description.substring(0, comma);
    }
    Matcher matcher = LINE.matcher(description);
    if (!matcher.matches()) {
      return description;
    }
    return flags.contains(matcher.group(1))
        ? matcher.group(1)
        : matcher.group(1) + ":" + matcher.group(2);
  }
}
