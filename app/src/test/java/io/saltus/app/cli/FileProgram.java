package io.saltus.app.cli;

import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Another program, with one input file. */
record FileProgram(Program program, Path data) implements Program {

  @Override
  public List<ComponentSchema> tasks() {
    return program.tasks();
  }

  @Override
  public List<ComponentSchema> models() {
    return program.models();
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return program.optimizers();
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return program.supports(spec);
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    return program.check(spec);
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return program.evaluationSets(spec);
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return new TreeMap<>(Map.of("data", data));
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return program.open(request);
  }
}
