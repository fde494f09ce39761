package io.saltus.tf.session;

import io.saltus.experiment.session.TensorValue;
import io.saltus.tf.graph.TrainingGraph;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A training graph that is stepped by hand, with the gradient of every step. */
final class Stepping implements AutoCloseable {

  private final TrainingPlan plan;
  private final TrainingGraph graph;
  private final Session session;
  private final GraphState state;
  private final BatchSampler sampler;
  private final float[] metrics = new float[TrainingGraph.STEP_METRICS.size()];

  /**
   * @param kept as in {@link TrainingGraph}
   */
  Stepping(TrainingPlan plan, Map<String, boolean[]> kept) {
    NativeEnvironment.ofProcess().settle(plan.numerics());
    this.plan = plan;
    this.sampler = GraphStepper.sampler(plan);
    this.graph =
        new TrainingGraph(
            plan.network(), plan.optimizer(), plan.split(), sampler.batchSize(), kept);
    this.session = new Session(graph.graph(), false, SessionSettings.config(plan.numerics()));
    this.state = new GraphState(session, graph);
    state.initialise(plan.seeds().init());
  }

  /** One update; the gradients of it by variable, not clipped. */
  SortedMap<String, float[]> update(long step) {
    int[] indices = new int[sampler.batchSize()];
    sampler.fill(step, indices);
    float[] schedule = new float[plan.optimizer().scheduleSize()];
    plan.optimizer().schedule(step, schedule);
    try (TInt32 batch = TInt32.vectorOf(indices);
        TFloat32 rates = TFloat32.vectorOf(schedule)) {
      Session.Runner runner =
          session
              .runner()
              .feed(graph.batch(), batch)
              .feed(graph.schedule(), rates)
              .fetch(graph.stepMetrics());
      graph.gradients().values().forEach(runner::fetch);
      for (Op update : graph.updates()) {
        runner.addTarget(update);
      }
      SortedMap<String, float[]> gradients = new TreeMap<>();
      try (Result result = runner.run()) {
        result.get(0).asRawTensor().data().asFloats().read(metrics);
        List<String> names = List.copyOf(graph.gradients().keySet());
        for (int i = 0; i < names.size(); i++) {
          gradients.put(names.get(i), floats(RawTensors.value(names.get(i), result.get(i + 1))));
        }
      }
      return gradients;
    }
  }

  float metric(TrainingGraph.StepMetric metric) {
    return metrics[TrainingGraph.STEP_METRICS.indexOf(metric)];
  }

  SortedMap<String, float[]> weights() {
    SortedMap<String, float[]> weights = new TreeMap<>();
    for (TensorValue value : state.read(Set.copyOf(graph.gradients().keySet()))) {
      weights.put(value.name(), floats(value));
    }
    return weights;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private static float[] floats(TensorValue value) {
    FloatBuffer floats = value.bytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] array = new float[floats.remaining()];
    floats.get(array);
    return array;
  }
}
