package io.saltus.actors.worker;

import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A program whose sessions live where their specs say: in this process, or in a worker. What can be
 * said without a session it says here.
 */
public final class WorkerProgram implements Program {

  private final Program here;
  private final Workers workers;
  private final Isolation auto;

  /**
   * Wraps a program.
   *
   * @param here found by the workers as it was found here
   * @param auto what {@link Isolation#AUTO} means
   */
  public WorkerProgram(Program here, Workers workers, Isolation auto) {
    this.here = here;
    this.workers = workers;
    this.auto = auto;
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return isOutside(request) ? workers.open(request) : here.open(request);
  }

  @Override
  public void prepare(Numerics numerics) {
    here.prepare(numerics);
  }

  @Override
  public void expect(List<SessionRequest> next) {
    workers.expect(this, next.stream().filter(this::isOutside).toList());
    here.expect(next.stream().filter(request -> !isOutside(request)).toList());
  }

  private boolean isOutside(SessionRequest request) {
    Isolation asked = request.spec().isolation();
    // A GPU is always used by a process of its own: its environment must be right from the start.
    return request.devices().stream().anyMatch(device -> device.kind().equals("gpu"))
        || (asked == Isolation.AUTO ? auto : asked) == Isolation.PROCESS;
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return here.inputs(spec);
  }

  @Override
  public List<ComponentSchema> tasks() {
    return here.tasks();
  }

  @Override
  public List<ComponentSchema> models() {
    return here.models();
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return here.optimizers();
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return here.supports(spec);
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    return here.check(spec);
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return here.evaluationSets(spec);
  }

  @Override
  public Optional<Long> stateBytes(ExperimentSpec spec) {
    return here.stateBytes(spec);
  }

  @Override
  public List<MetricName> metrics(ExperimentSpec spec) {
    return here.metrics(spec);
  }
}
