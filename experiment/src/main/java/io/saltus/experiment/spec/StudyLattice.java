package io.saltus.experiment.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cells of a study as places on its axes. Groups of axes stand in the order of their first
 * path, each after those that its conditions look at; the last one changes fastest.
 */
final class StudyLattice implements Iterable<SortedMap<String, Integer>> {

  /** Beyond this many combinations of conditioned axes, cells are not counted one by one. */
  private static final long MOST_COUNTED = 2_000_000;

  private record Group(List<String> paths, int size, SortedMap<String, Set<String>> condition) {}

  private final Study study;
  private final List<Group> groups;

  private StudyLattice(Study study, List<Group> groups) {
    this.study = study;
    this.groups = groups;
  }

  /**
   * @throws IllegalArgumentException when conditions go round in a circle, naming it
   */
  static StudyLattice of(Study study) {
    List<Group> waiting = groups(study);
    List<Group> ordered = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    while (!waiting.isEmpty()) {
      Optional<Group> next =
          waiting.stream()
              .filter(group -> placed.containsAll(group.condition().keySet()))
              .findFirst();
      if (next.isEmpty()) {
        throw new IllegalArgumentException(
            "goes round in a circle: "
                + String.join(
                    ", ", new TreeSet<>(waiting.stream().map(g -> g.paths().get(0)).toList())));
      }
      ordered.add(next.get());
      placed.addAll(next.get().paths());
      waiting.remove(next.get());
    }
    return new StudyLattice(study, List.copyOf(ordered));
  }

  private static List<Group> groups(Study study) {
    Set<String> zipped = new HashSet<>();
    SortedMap<String, List<String>> byFirst = new TreeMap<>();
    for (List<String> together : study.zip()) {
      List<String> sorted = together.stream().sorted().toList();
      byFirst.put(sorted.get(0), sorted);
      zipped.addAll(sorted);
    }
    study.axes().keySet().stream()
        .filter(path -> !zipped.contains(path))
        .forEach(path -> byFirst.put(path, List.of(path)));
    List<Group> groups = new ArrayList<>();
    for (List<String> paths : byFirst.values()) {
      SortedMap<String, Set<String>> condition = new TreeMap<>();
      for (String path : paths) {
        study
            .when()
            .getOrDefault(path, new TreeMap<>())
            .forEach(
                (other, values) ->
                    condition.merge(
                        other,
                        new HashSet<>(values),
                        (a, b) -> {
                          Set<String> both = new HashSet<>(a);
                          both.retainAll(b);
                          return both;
                        }));
      }
      groups.add(new Group(paths, study.values(paths.get(0)).size(), condition));
    }
    return groups;
  }

  /** How many cells; {@code Long.MAX_VALUE} where they are too many to be counted. */
  long count() {
    Set<String> looked = new HashSet<>();
    groups.forEach(group -> looked.addAll(group.condition().keySet()));
    long free = 1;
    List<Group> entangled = new ArrayList<>();
    for (Group group : groups) {
      if (group.condition().isEmpty() && group.paths().stream().noneMatch(looked::contains)) {
        free = times(free, group.size());
      } else {
        entangled.add(group);
      }
    }
    return times(free, new StudyLattice(study, entangled).countOneByOne());
  }

  private long countOneByOne() {
    Cells cells = new Cells();
    long counted = 0;
    while (cells.hasNext()) {
      counted++;
      if (counted > MOST_COUNTED) {
        return Long.MAX_VALUE;
      }
      cells.advance();
    }
    return counted;
  }

  static long times(long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** One cell for every value of every axis that applies while the others stand at their first. */
  List<SortedMap<String, Integer>> covering() {
    List<SortedMap<String, Integer>> cells = new ArrayList<>();
    for (int varied = 0; varied < groups.size(); varied++) {
      for (int value = 0; value < groups.get(varied).size(); value++) {
        int[] choice = new int[groups.size()];
        choice[varied] = value;
        fill(choice, varied);
        if (choice[varied] >= 0) {
          cells.add(cell(choice));
        }
      }
    }
    return cells;
  }

  /** Sets every group but one to its first value, or to none where it does not apply. */
  private void fill(int[] choice, int kept) {
    for (int i = 0; i < choice.length; i++) {
      boolean applies = applies(i, choice);
      choice[i] = applies ? (i == kept ? choice[i] : 0) : -1;
    }
  }

  private boolean applies(int group, int[] choice) {
    for (Map.Entry<String, Set<String>> wanted : groups.get(group).condition().entrySet()) {
      boolean met = false;
      for (int i = 0; i < group && !met; i++) {
        met =
            choice[i] >= 0
                && groups.get(i).paths().contains(wanted.getKey())
                && wanted.getValue().contains(study.values(wanted.getKey()).get(choice[i]));
      }
      if (!met) {
        return false;
      }
    }
    return true;
  }

  private SortedMap<String, Integer> cell(int[] choice) {
    SortedMap<String, Integer> cell = new TreeMap<>();
    for (int i = 0; i < choice.length; i++) {
      if (choice[i] >= 0) {
        for (String path : groups.get(i).paths()) {
          cell.put(path, choice[i]);
        }
      }
    }
    return cell;
  }

  /** The cells as the place of each axis's value; an axis that does not apply is absent. */
  @Override
  public Iterator<SortedMap<String, Integer>> iterator() {
    return new Cells();
  }

  private final class Cells implements Iterator<SortedMap<String, Integer>> {

    private final int[] choice = new int[groups.size()];
    private boolean more = true;

    Cells() {
      from(0);
    }

    private void from(int first) {
      for (int i = first; i < choice.length; i++) {
        choice[i] = applies(i, choice) ? 0 : -1;
      }
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public SortedMap<String, Integer> next() {
      if (!more) {
        throw new NoSuchElementException("no further cell");
      }
      SortedMap<String, Integer> cell = cell(choice);
      advance();
      return cell;
    }

    private void advance() {
      for (int i = choice.length - 1; i >= 0; i--) {
        if (choice[i] >= 0 && choice[i] + 1 < groups.get(i).size()) {
          choice[i]++;
          from(i + 1);
          return;
        }
      }
      more = false;
    }
  }
}
