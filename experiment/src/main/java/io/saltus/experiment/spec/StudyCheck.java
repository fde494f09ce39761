package io.saltus.experiment.spec;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the spec of every cell of a study as if it stood alone. Beyond so many cells as only a
 * study has that is asked for twice, each value is read in one cell at least; for strangers sooner,
 * because ten thousand cells take a second.
 */
final class StudyCheck {

  private static final long MOST_CELLS = StudyPlan.MANY_RUNS;
  private static final long MOST_CELLS_OF_STRANGERS = 10_000;

  /** Values that are wrong one by one are enough to be told of. */
  private static final int MOST_PROBLEMS = 100;

  private final SpecSchema schema;
  private final PathRules paths;
  private final Problems problems;

  StudyCheck(SpecSchema schema, PathRules paths, Problems problems) {
    this.schema = schema;
    this.paths = paths;
    this.problems = problems;
  }

  /**
   * @param root the whole spec
   * @param origins where each value of each axis stands
   */
  void check(
      Study study, ConfigObject root, Map<String, List<ConfigOrigin>> origins, String source) {
    if (!paths.filesAllowed()) {
      refusePaths(study, source);
    }
    CellObjects objects = CellObjects.of(root);
    StudyLattice lattice = StudyLattice.of(study);
    SortedMap<String, List<ConfigValue>> values = values(study, origins);
    Iterator<SortedMap<String, Integer>> cells =
        lattice.count() > (paths.filesAllowed() ? MOST_CELLS : MOST_CELLS_OF_STRANGERS)
            ? lattice.covering().iterator()
            : lattice.iterator();
    int before = problems.size();
    while (cells.hasNext() && problems.size() - before < MOST_PROBLEMS) {
      SortedMap<String, ConfigValue> cell = new TreeMap<>();
      cells
          .next()
          .forEach(
              (path, place) -> cell.put(path, values.getOrDefault(path, List.of()).get(place)));
      new SpecBinder(schema, paths, problems).bind(objects.with(cell), source);
    }
  }

  /** An axis is journalled as it is written, and no event holds what is a path here only. */
  private void refusePaths(Study study, String source) {
    study.axes().keySet().stream()
        .filter(schema::isInputPath)
        .forEach(
            path ->
                problems.add(
                    path, "names files, and an axis of files is not allowed here", source));
  }

  private static SortedMap<String, List<ConfigValue>> values(
      Study study, Map<String, List<ConfigOrigin>> origins) {
    SortedMap<String, List<ConfigValue>> values = new TreeMap<>();
    study
        .axes()
        .forEach(
            (path, texts) -> {
              List<ConfigOrigin> places = origins.getOrDefault(path, List.of());
              List<ConfigValue> placed = new ArrayList<>();
              for (int i = 0; i < texts.size(); i++) {
                ConfigValue value = ConfigValueFactory.fromAnyRef(texts.get(i));
                placed.add(i < places.size() ? value.withOrigin(places.get(i)) : value);
              }
              values.put(path, placed);
            });
    return values;
  }
}
