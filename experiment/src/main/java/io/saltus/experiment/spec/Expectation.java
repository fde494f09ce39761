package io.saltus.experiment.spec;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a study is expected to show: a claim about the runs of some cells.
 *
 * @param id unlike that of any other expectation of the study
 * @param title one line for people
 * @param claim what is said
 * @param where the cells it is said of: for an axis the values, canonical, of which a cell has one;
 *     empty: all cells
 * @param in how many of the seeds must show it; empty: all, and for claims along an axis the
 *     summary over the seeds
 */
public record Expectation(
    String id,
    String title,
    Claim claim,
    SortedMap<String, List<String>> where,
    Optional<Share> in) {

  /** Copies the selection. */
  public Expectation {
    SortedMap<String, List<String>> copied = new TreeMap<>();
    where.forEach((path, values) -> copied.put(path, List.copyOf(values)));
    where = Collections.unmodifiableSortedMap(copied);
  }

  /** Whether a cell with these values of axes is one that this is said of. */
  public boolean selects(SortedMap<String, String> axes) {
    return where.entrySet().stream()
        .allMatch(
            entry ->
                axes.containsKey(entry.getKey())
                    && entry.getValue().contains(axes.get(entry.getKey())));
  }

  /** As it stands in a spec: one object, which {@link #parse} reads. */
  public String text() {
    return ExpectationText.of(this);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is not an expectation, saying why
   */
  public static Expectation parse(String text) {
    return ExpectationText.parse(text);
  }

  /**
   * At least {@code least} of every {@code of} seeds, so that a study with more or fewer seeds is
   * held to the same share.
   *
   * @param least 1 to {@code of}
   * @param of at least 1
   */
  public record Share(int least, int of) {

    /** Refuses shares that are none. */
    public Share {
      if (least < 1 || least > of) {
        throw new IllegalArgumentException(least + " of " + of);
      }
    }

    /** How many of so many seeds are needed: rounded up. */
    public int needed(int seeds) {
      return (int) (((long) seeds * least + of - 1) / of);
    }

    @Override
    public String toString() {
      return least + " of " + of;
    }
  }
}
