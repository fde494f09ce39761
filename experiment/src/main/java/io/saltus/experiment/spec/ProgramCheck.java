package io.saltus.experiment.spec;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.saltus.experiment.metric.MetricName;
import java.util.List;
import java.util.Optional;

/** Asks the program of a spec what its schemas could not say. */
final class ProgramCheck {

  private final SpecSchema schema;
  private final Problems problems;
  private final ConfigObject root;

  ProgramCheck(SpecSchema schema, Problems problems, ConfigObject root) {
    this.schema = schema;
    this.problems = problems;
    this.root = root;
  }

  void check(ExperimentSpec spec) {
    Optional<ProgramSchema> program = schema.programFor(spec);
    if (program.isEmpty()) {
      add(
          "task.kind",
          "no installed program trains task "
              + spec.task().kind()
              + " with model "
              + spec.model().kind()
              + " and optimizer "
              + spec.optimizer().kind());
      return;
    }
    List<SpecProblem> found = program.get().check(spec);
    for (SpecProblem problem : found) {
      if (problem.where().isEmpty()) {
        add(problem.path(), problem.what());
      } else {
        problems.add(problem.path(), problem.what(), problem.where());
      }
    }
    if (found.isEmpty()) {
      checkNames(program.get(), spec);
    }
  }

  private void checkNames(ProgramSchema program, ExperimentSpec spec) {
    List<String> sets = program.evaluationSets(spec);
    for (String set : spec.evaluate().sets().keySet()) {
      if (!sets.contains(set)) {
        add(
            "evaluate.sets." + ConfigUtil.joinPath(set),
            Words.unknown("evaluation set", set, sets));
      }
    }
    List<String> metrics = program.metrics(spec).stream().map(MetricName::value).toList();
    for (int i = 0; i < spec.until().size(); i++) {
      String metric = spec.until().get(i).metric().value();
      if (!metrics.contains(metric)) {
        add("until." + i + ".metric", Words.unknown("metric", metric, metrics));
      }
    }
    spec.checkpoint().keepBest().ifPresent(best -> checkBest(best, metrics));
    spec.study().ifPresent(study -> checkExpectations(study.expect(), metrics));
  }

  private void checkExpectations(List<Expectation> expectations, List<String> metrics) {
    for (int i = 0; i < expectations.size(); i++) {
      for (MetricName name : expectations.get(i).claim().metrics()) {
        if (!metrics.contains(name.value())) {
          add("expect." + i + ".metric", Words.unknown("metric", name.value(), metrics));
        }
      }
    }
  }

  private void checkBest(CheckpointPolicy.KeepBest best, List<String> metrics) {
    String metric = best.metric().value();
    if (!metrics.contains(metric)) {
      add("checkpoint.keep-best.metric", Words.unknown("metric", metric, metrics));
    }
  }

  private void add(String path, String what) {
    problems.add(path, what, where(path));
  }

  /** The place of the value at a path, or of the nearest object above it. */
  private String where(String path) {
    ConfigValue nearest = root;
    try {
      for (String key : ConfigUtil.splitPath(path)) {
        ConfigValue next = null;
        if (nearest instanceof ConfigObject object) {
          next = object.get(key);
        } else if (nearest instanceof ConfigList list && Integer.parseInt(key) < list.size()) {
          next = list.get(Integer.parseInt(key));
        }
        if (next == null) {
          break;
        }
        nearest = next;
      }
    } catch (ConfigException | NumberFormatException e) {
      // A path that cannot be followed: the nearest object has to do.
    }
    return problems.where(nearest.origin());
  }
}
