package io.saltus.experiment.session;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Asks another program everything, for those who do one thing otherwise. */
public class ForwardingProgram implements Program {

  private final Program next;

  /** A program that is like {@code next}. */
  public ForwardingProgram(Program next) {
    this.next = next;
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return next.open(request);
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return next.inputs(spec);
  }

  @Override
  public Optional<Long> stateBytes(ExperimentSpec spec) {
    return next.stateBytes(spec);
  }

  @Override
  public void prepare(SessionRequest expected) {
    next.prepare(expected);
  }

  @Override
  public void expect(List<SessionRequest> requests) {
    next.expect(requests);
  }

  @Override
  public List<ComponentSchema> tasks() {
    return next.tasks();
  }

  @Override
  public List<ComponentSchema> models() {
    return next.models();
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return next.optimizers();
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return next.supports(spec);
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    return next.check(spec);
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return next.evaluationSets(spec);
  }

  @Override
  public List<MetricName> metrics(ExperimentSpec spec) {
    return next.metrics(spec);
  }
}
