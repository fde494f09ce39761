package io.saltus.app.cli;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** A program that is another one but for what it overrides. */
interface OtherProgram extends Program {

  /** What it is otherwise. */
  Program program();

  @Override
  default List<ComponentSchema> tasks() {
    return program().tasks();
  }

  @Override
  default List<ComponentSchema> models() {
    return program().models();
  }

  @Override
  default List<ComponentSchema> optimizers() {
    return program().optimizers();
  }

  @Override
  default boolean supports(ExperimentSpec spec) {
    return program().supports(spec);
  }

  @Override
  default List<SpecProblem> check(ExperimentSpec spec) {
    return program().check(spec);
  }

  @Override
  default List<String> evaluationSets(ExperimentSpec spec) {
    return program().evaluationSets(spec);
  }

  @Override
  default List<MetricName> metrics(ExperimentSpec spec) {
    return program().metrics(spec);
  }

  @Override
  default SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return program().inputs(spec);
  }

  @Override
  default TrainingSession open(SessionRequest request) {
    return program().open(request);
  }
}
