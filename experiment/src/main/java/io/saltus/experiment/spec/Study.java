package io.saltus.experiment.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The axes over which one experiment becomes many runs, resolved: ranges and random axes are the
 * values that they gave. {@link StudyPlan} makes the runs of it.
 *
 * @param axes paths of the spec with the values they take, each as canonical text, in the order in
 *     which they are listed
 * @param zip groups of axes that go through their values together; at least two of equal length
 *     each, no axis in two groups
 * @param when for an axis the values that others must have; where they have not, the cell keeps the
 *     spec's value. Holds for all axes of a group
 * @param seeds one run per cell and seed; empty: the spec's own seed
 * @param held those of {@code data}, {@code init}, {@code order} and {@code dropout} whose seed the
 *     spec gives by itself, so that the seeds of the study leave it alone
 * @param expect what the study is expected to show
 */
public record Study(
    SortedMap<String, List<String>> axes,
    List<List<String>> zip,
    SortedMap<String, SortedMap<String, List<String>>> when,
    List<Long> seeds,
    SortedSet<String> held,
    List<Expectation> expect) {

  /** Copies everything. */
  public Study {
    SortedMap<String, List<String>> copied = new TreeMap<>();
    axes.forEach((path, values) -> copied.put(path, List.copyOf(values)));
    axes = Collections.unmodifiableSortedMap(copied);
    zip = zip.stream().map(List::copyOf).toList();
    SortedMap<String, SortedMap<String, List<String>>> conditions = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, List<String>>> entry : when.entrySet()) {
      SortedMap<String, List<String>> condition = new TreeMap<>();
      entry.getValue().forEach((path, values) -> condition.put(path, List.copyOf(values)));
      conditions.put(entry.getKey(), Collections.unmodifiableSortedMap(condition));
    }
    when = Collections.unmodifiableSortedMap(conditions);
    seeds = List.copyOf(seeds);
    held = Collections.unmodifiableSortedSet(new TreeSet<>(held));
    expect = List.copyOf(expect);
  }

  /** The values of an axis; none where it is not one. */
  public List<String> values(String path) {
    return axes.getOrDefault(path, List.of());
  }

  /** A full grid that nothing is expected of. */
  public Study(SortedMap<String, List<String>> axes, List<Long> seeds) {
    this(axes, List.of(), new TreeMap<>(), seeds, new TreeSet<>(), List.of());
  }
}
