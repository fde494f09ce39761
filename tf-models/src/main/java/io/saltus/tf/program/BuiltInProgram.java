package io.saltus.tf.program;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.ComponentSchema;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecProblem;
import io.saltus.tf.data.Split;
import io.saltus.tf.device.GpuEnvironment;
import io.saltus.tf.session.TensorFlowSession;
import io.saltus.tf.session.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tasks, models and optimisers that come with Saltus. */
public final class BuiltInProgram implements Program {

  private static final String CPU = "cpu";
  // While another run computes, memory was reserved for one of this kind, not for two large ones.
  private static final long REHEARSED_BYTES = 32L << 20;

  private final List<Task> tasks = List.of(new ModularArithmeticTask(), new FashionMnistTask());
  private final List<OptimizerKind> optimizers =
      List.of(AdamOptimizer.ADAM_W, AdamOptimizer.ADAM, new SgdOptimizer());

  /** For the service loader. */
  public BuiltInProgram() {}

  @Override
  public List<ComponentSchema> tasks() {
    return tasks.stream().map(Task::schema).toList();
  }

  @Override
  public List<ComponentSchema> models() {
    return List.of(Mlp.SCHEMA);
  }

  @Override
  public List<ComponentSchema> optimizers() {
    return optimizers.stream().map(OptimizerKind::schema).toList();
  }

  @Override
  public boolean supports(ExperimentSpec spec) {
    return find(spec).isPresent()
        && spec.model().kind().equals(Mlp.SCHEMA.kind())
        && optimizers.stream()
            .anyMatch(kind -> kind.schema().kind().equals(spec.optimizer().kind()));
  }

  @Override
  public List<SpecProblem> check(ExperimentSpec spec) {
    List<SpecProblem> problems = new ArrayList<>(task(spec).check(spec.task()));
    problems.addAll(optimizer(spec).check(spec.optimizer()));
    return problems;
  }

  @Override
  public List<String> evaluationSets(ExperimentSpec spec) {
    return List.of(Split.TRAIN_SET, Split.VALIDATION);
  }

  @Override
  public SortedMap<String, Path> inputs(ExperimentSpec spec) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(task(spec).inputs(spec.task())));
  }

  /** The weights and, of each, the slots. */
  @Override
  public Optional<Long> stateBytes(ExperimentSpec spec) {
    long parameters = task(spec).parameters(spec.task(), spec.model());
    int slots = optimizer(spec).of(spec.optimizer()).slots().size();
    return Optional.of(Float.BYTES * parameters * (1 + slots));
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return TensorFlowSession.open(plan(request), request.masks(), request.probes());
  }

  @Override
  public void prepare(SessionRequest expected) {
    TensorFlowSession.prepare(expected.spec().numerics());
    if (expected.devices().stream().allMatch(device -> device.kind().equals(CPU))
        && stateBytes(expected.spec()).orElse(Long.MAX_VALUE) <= REHEARSED_BYTES) {
      rehearse(expected);
    }
  }

  /**
   * Goes once through all that happens up to a run's first steps, so that classes are loaded and
   * the code that makes graphs is compiled: that is most of the time it takes.
   */
  private void rehearse(SessionRequest expected) {
    ExperimentSpec spec = expected.spec();
    UntilProgress until = UntilProgress.of(spec.until());
    try (TrainingSession session = open(expected)) {
      MetricFrame unused =
          session.run(new Chunk(0, Math.min(2, spec.steps()), spec.steps(), until));
      List<TensorValue> state = session.read(new TreeSet<>(session.variables()));
      session.restore(session.step(), state);
    }
  }

  /**
   * What a session of a request is made of.
   *
   * @throws SessionException when the device does not exist or an input is damaged
   */
  public TrainingPlan plan(SessionRequest request) {
    for (DeviceId device : request.devices()) {
      if (!device.kind().equals(CPU) && !leased(device)) {
        throw new SessionException(
            "device "
                + device
                + " cannot be used: this process was not started for it. GPUs are used by processes of"
                + " their own.");
      }
    }
    ExperimentSpec spec = request.spec();
    Task task = task(spec);
    Split split = task.split(spec.task(), request.inputs(), spec.seeds().data());
    return new TrainingPlan(
        task.network(spec.model(), split),
        optimizer(spec).of(spec.optimizer()),
        split,
        spec.sampling(),
        spec.batchSize(),
        spec.evaluate(),
        spec.seeds(),
        spec.numerics());
  }

  private static boolean leased(DeviceId device) {
    return GpuEnvironment.leased(new TreeMap<>(System.getenv()))
        .filter(lease -> List.of(lease.split(",")).contains(device.toString()))
        .isPresent();
  }

  private Task task(ExperimentSpec spec) {
    return find(spec)
        .orElseThrow(() -> new IllegalArgumentException("no task " + spec.task().kind()));
  }

  private OptimizerKind optimizer(ExperimentSpec spec) {
    return optimizers.stream()
        .filter(kind -> kind.schema().kind().equals(spec.optimizer().kind()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no optimizer " + spec.optimizer().kind()));
  }

  private Optional<Task> find(ExperimentSpec spec) {
    return tasks.stream()
        .filter(task -> task.schema().kind().equals(spec.task().kind()))
        .findFirst();
  }
}
