package io.saltus.experiment.spec;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a spec may say where a path of input is wanted.
 *
 * @param filesAllowed any path
 * @param dataSets what stands for a path where none is allowed: the directories by their names
 */
record PathRules(boolean filesAllowed, SortedMap<String, Path> dataSets) {

  /** Any path. */
  static final PathRules ANY = new PathRules(true, new TreeMap<>());

  PathRules {
    dataSets = Collections.unmodifiableSortedMap(new TreeMap<>(dataSets));
  }

  /** No path but by a name. */
  static PathRules named(Map<String, Path> dataSets) {
    return new PathRules(false, new TreeMap<>(dataSets));
  }

  /** The path that a text is or stands for; empty where it may not stand. */
  Optional<String> path(String text) {
    return filesAllowed || text.isEmpty()
        ? Optional.of(text)
        : Optional.ofNullable(dataSets.get(text)).map(Path::toString);
  }

  /** Why a text may not stand. */
  String refusal(String text) {
    return dataSets.isEmpty()
        ? "names a file, and files are not allowed here"
        : "is an " + Words.unknown("data set", text, dataSets.keySet());
  }
}
