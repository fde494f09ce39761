package io.saltus.experiment.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A path at which two specs differ.
 *
 * @param path such as {@code optimizer.weight-decay}
 * @param left its canonical text in the first; empty where it has none
 * @param right its canonical text in the second; empty where it has none
 */
public record SpecDifference(String path, Optional<String> left, Optional<String> right) {

  /** All differences, in byte order of their paths; studies are not compared. */
  public static List<SpecDifference> between(ExperimentSpec left, ExperimentSpec right) {
    SortedMap<String, String> ours = SpecPaths.all(left);
    SortedMap<String, String> theirs = SpecPaths.all(right);
    SortedSet<String> paths = new TreeSet<>(ours.keySet());
    paths.addAll(theirs.keySet());
    List<SpecDifference> differences = new ArrayList<>();
    for (String path : paths) {
      if (!Objects.equals(ours.get(path), theirs.get(path))) {
        differences.add(
            new SpecDifference(
                path, Optional.ofNullable(ours.get(path)), Optional.ofNullable(theirs.get(path))));
      }
    }
    return differences;
  }
}
