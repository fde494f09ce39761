package io.saltus.analysis.study;

import java.util.List;

/**
 * What a study has shown so far.
 *
 * @param cells in the order of the plan, also those without runs
 * @param seeds how many runs each cell will have, at least 1
 * @param zip the groups of axes that go together
 */
public record StudyResults(List<CellResults> cells, int seeds, List<List<String>> zip) {

  /** Copies the lists. */
  public StudyResults {
    cells = List.copyOf(cells);
    zip = zip.stream().map(List::copyOf).toList();
    if (seeds < 1) {
      throw new IllegalArgumentException("a study of " + seeds + " seeds");
    }
  }
}
