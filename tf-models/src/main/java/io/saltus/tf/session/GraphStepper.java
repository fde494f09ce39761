package io.saltus.tf.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.StepRecord;
import io.saltus.experiment.session.Stepper;
import io.saltus.experiment.session.TensorValue;
import io.saltus.tf.graph.Optimizer;
import io.saltus.tf.graph.TrainingGraph;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.ndarray.buffer.IntDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Runs the graph step by step, each step as one run of the session. The tensors that are fed are
 * written anew for each step instead of being allocated: a run has ended when it returns.
 */
final class GraphStepper implements Stepper, AutoCloseable {

  private final Session session;
  private final TrainingGraph graph;
  private final Optimizer optimizer;
  private final BatchSampler sampler;
  private final GraphProbes probes;
  private RunOptions options = SessionSettings.run();
  private final int[] stepMetrics;
  private final Map<String, EvaluationSet> evaluationSets = new HashMap<>();
  private final int[] indices;
  private final float[] schedule;
  private final float[] fetched;
  private final TInt32 indicesTensor;
  private final TFloat32 scheduleTensor;
  private final IntDataBuffer indicesData;
  private final FloatDataBuffer scheduleData;
  private long step = -1;

  /**
   * @param metrics places of loss and accuracy in the catalogue
   */
  private record EvaluationSet(TrainingGraph.Evaluation evaluation, int[] metrics) {}

  GraphStepper(
      Session session,
      TrainingGraph graph,
      TrainingPlan plan,
      Catalogue catalogue,
      GraphProbes probes) {
    this.probes = probes;
    this.session = session;
    this.graph = graph;
    this.optimizer = plan.optimizer();
    this.sampler = sampler(plan);
    this.stepMetrics = new int[TrainingGraph.STEP_METRICS.size()];
    for (int i = 0; i < stepMetrics.length; i++) {
      stepMetrics[i] = i;
    }
    graph
        .evaluations()
        .forEach(
            (set, evaluation) ->
                evaluationSets.put(
                    set,
                    new EvaluationSet(
                        evaluation,
                        new int[] {
                          catalogue.indexOf(MetricName.lossOf(set)),
                          catalogue.indexOf(MetricName.accuracyOf(set))
                        })));
    this.schedule = new float[optimizer.scheduleSize()];
    this.fetched = new float[stepMetrics.length];
    this.indices = new int[sampler.batchSize()];
    this.indicesTensor = TInt32.tensorOf(Shape.of(indices.length));
    this.scheduleTensor = TFloat32.tensorOf(Shape.of(schedule.length));
    this.indicesData = indicesTensor.asRawTensor().data().asInts();
    this.scheduleData = scheduleTensor.asRawTensor().data().asFloats();
  }

  static BatchSampler sampler(TrainingPlan plan) {
    return new BatchSampler(
        plan.sampling(), plan.seeds().order(), plan.split().training().size(), plan.batchSize());
  }

  long step() {
    return step;
  }

  /** How long one run of the graph may take from now on. */
  void limit(Duration run) {
    options = SessionSettings.run(run);
  }

  void moveTo(long newStep) {
    step = newStep;
  }

  @Override
  public void update(long newStep, List<String> sets, StepRecord record) {
    sampler.fill(newStep, indices);
    indicesData.write(indices);
    optimizer.schedule(newStep, schedule);
    scheduleData.write(schedule);
    Session.Runner runner =
        session
            .runner()
            .setOptions(options)
            .feed(graph.batch(), indicesTensor)
            .feed(graph.schedule(), scheduleTensor)
            .fetch(graph.stepMetrics());
    for (Op update : graph.updates()) {
      runner.addTarget(update);
    }
    for (String set : sets) {
      runner.fetch(set(set).evaluation().afterUpdate());
    }
    SortedSet<String> gradients = probes.gradients(newStep);
    for (String variable : gradients) {
      runner.fetch(Objects.requireNonNull(graph.gradients().get(variable), variable));
    }
    SortedMap<String, TensorValue> seen = new TreeMap<>();
    try (Result result = runner.run()) {
      record(result.get(0), stepMetrics, record);
      recordSets(result, 1, sets, record);
      int next = 1 + sets.size();
      for (String variable : gradients) {
        seen.put(variable, RawTensors.value(variable, result.get(next++)));
      }
    }
    probes.record(newStep, seen, record);
    step = newStep;
  }

  @Override
  public void evaluate(long atStep, List<String> sets, StepRecord record) {
    evaluate(sets, record);
    if (atStep == 0) {
      // Elsewhere the update of the step has been looked at already.
      probes.record(atStep, Collections.emptySortedMap(), record);
    }
    step = atStep;
  }

  /** Evaluates sets with the weights as they are, and nothing else. */
  void evaluate(List<String> sets, StepRecord record) {
    Session.Runner runner = session.runner().setOptions(options);
    for (String set : sets) {
      runner.fetch(set(set).evaluation().alone());
    }
    try (Result result = runner.run()) {
      recordSets(result, 0, sets, record);
    }
  }

  @Override
  public void close() {
    indicesTensor.close();
    scheduleTensor.close();
  }

  private EvaluationSet set(String name) {
    return Objects.requireNonNull(evaluationSets.get(name), name);
  }

  private void recordSets(Result result, int first, List<String> sets, StepRecord record) {
    for (int i = 0; i < sets.size(); i++) {
      record(result.get(first + i), set(sets.get(i)).metrics(), record);
    }
  }

  private void record(Tensor tensor, int[] metrics, StepRecord record) {
    tensor.asRawTensor().data().asFloats().read(fetched, 0, metrics.length);
    for (int i = 0; i < metrics.length; i++) {
      record.f32(metrics[i], fetched[i]);
    }
  }
}
