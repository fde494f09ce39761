package io.saltus.app.imports;

import io.saltus.experiment.event.RunEvent.RunAnnotated;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is said of an imported run from the beginning on. */
final class Words {

  private Words() {}

  static RunAnnotated displayName(String theirs) {
    return of(new TreeMap<>(), Optional.empty(), Optional.of(theirs));
  }

  static RunAnnotated of(
      SortedMap<String, String> tags, Optional<String> note, Optional<String> name) {
    return new RunAnnotated(
        tags, List.of(), note, Optional.empty(), name.map(ForeignNames::words), Optional.empty());
  }
}
