package io.saltus.experiment.spec;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What came of reading a spec. */
public sealed interface SpecReading {

  /**
   * The spec is complete and checked.
   *
   * @param spec the spec
   * @param tags to be put on its runs; they annotate and are part of no digest
   */
  record Accepted(ExperimentSpec spec, SortedMap<String, String> tags) implements SpecReading {
    /** Copies the tags. */
    public Accepted {
      tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
  }

  /**
   * The spec cannot be used.
   *
   * @param problems everything that is wrong with it, at least one
   */
  record Refused(List<SpecProblem> problems) implements SpecReading {
    /** Copies the problems. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
