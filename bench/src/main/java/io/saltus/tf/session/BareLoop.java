package io.saltus.tf.session;

import io.saltus.experiment.spec.Cadence;
import io.saltus.tf.graph.TrainingGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The baseline of the training benchmark: what one would write with TensorFlow alone. The same
 * graph, feeds and fetches, in a loop that reads the numbers and keeps none: no frames, no actors,
 * no journal, no rules. It lives in this package because it opens the graph as a session does.
 */
public final class BareLoop {

  private BareLoop() {}

  /**
   * Trains and returns the seconds that the steps from {@code from} on took.
   *
   * @param steps the last step
   * @param from the first step that is timed, at least 1
   */
  public static double seconds(TrainingPlan plan, long from, long steps) {
    NativeEnvironment.ofProcess().settle(plan.numerics());
    BatchSampler sampler = GraphStepper.sampler(plan);
    try (TrainingGraph graph =
            new TrainingGraph(plan.network(), plan.optimizer(), plan.split(), sampler.batchSize());
        Session session =
            new Session(graph.graph(), false, SessionSettings.config(plan.numerics()))) {
      new GraphState(session, graph).initialise(plan.seeds().init());
      long begin = System.nanoTime();
      for (long step = 1; step <= steps; step++) {
        if (step == from) {
          begin = System.nanoTime();
        }
        step(session, graph, plan, sampler, step, steps);
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private static void step(
      Session session,
      TrainingGraph graph,
      TrainingPlan plan,
      BatchSampler sampler,
      long step,
      long last) {
    int[] indices = new int[sampler.batchSize()];
    sampler.fill(step, indices);
    float[] schedule = new float[plan.optimizer().scheduleSize()];
    plan.optimizer().schedule(step, schedule);
    List<Operand<TFloat32>> fetches = new ArrayList<>();
    fetches.add(graph.stepMetrics());
    for (Map.Entry<String, TrainingGraph.Evaluation> set : graph.evaluations().entrySet()) {
      Cadence cadence = plan.evaluation().cadenceOf(set.getKey());
      if (step == last || cadence.due(step)) {
        fetches.add(set.getValue().afterUpdate());
      }
    }
    try (TInt32 batch = TInt32.vectorOf(indices);
        TFloat32 rates = TFloat32.vectorOf(schedule)) {
      Session.Runner runner =
          session.runner().feed(graph.batch(), batch).feed(graph.schedule(), rates);
      fetches.forEach(runner::fetch);
      for (Op update : graph.updates()) {
        runner.addTarget(update);
      }
      try (Result result = runner.run()) {
        float[] values = new float[TrainingGraph.STEP_METRICS.size()];
        result.get(0).asRawTensor().data().asFloats().read(values);
      }
    }
  }
}
