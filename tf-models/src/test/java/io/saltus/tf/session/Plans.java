package io.saltus.tf.session;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.Sampling;
import io.saltus.tf.data.ModularArithmetic;
import io.saltus.tf.data.ModularOperation;
import io.saltus.tf.data.Split;
import io.saltus.tf.graph.Activation;
import io.saltus.tf.graph.AdamW;
import io.saltus.tf.graph.PairNetwork;
import java.util.List;
import java.util.TreeMap;

/** Small plans for tests, and shorthands to run them. */
final class Plans {

  static final Numerics NUMERICS = new Numerics(1, Numerics.Isa.NATIVE);
  static final AdamW QUICK = new AdamW(5e-3, 1.0, 0.9, 0.98, 1e-8, 0);

  private Plans() {}

  /** Addition modulo 13: 50 training pairs, a network of 24 hidden units. */
  static TrainingPlan small(long seed) {
    return small(seed, Sampling.WITH_REPLACEMENT, 1, QUICK);
  }

  static TrainingPlan small(long seed, Sampling sampling, long evaluateEvery, AdamW adamW) {
    Split split = new ModularArithmetic(ModularOperation.ADD, 13, 0.3).split(seed);
    return new TrainingPlan(
        new PairNetwork(13, 24, Activation.SQUARE),
        adamW,
        split,
        sampling,
        32,
        every(evaluateEvery),
        Seeds.of(seed),
        NUMERICS);
  }

  /** The quick grokking configuration. */
  static TrainingPlan grokking(ModularOperation operation, long seed, long evaluateEvery) {
    return new TrainingPlan(
        new PairNetwork(97, 128, Activation.SQUARE),
        QUICK,
        new ModularArithmetic(operation, 97, 0.3).split(seed),
        Sampling.WITH_REPLACEMENT,
        512,
        every(evaluateEvery),
        Seeds.of(seed),
        NUMERICS);
  }

  static TrainingPlan with(TrainingPlan plan, Numerics numerics) {
    return new TrainingPlan(
        plan.network(),
        plan.adamW(),
        plan.split(),
        plan.sampling(),
        plan.batchSize(),
        plan.evaluation(),
        plan.seeds(),
        numerics);
  }

  static Evaluation every(long steps) {
    return new Evaluation(new Cadence.Every(steps), new TreeMap<>());
  }

  static MetricFrame run(TrainingSession session, long last) {
    return run(session, last, last);
  }

  static MetricFrame run(TrainingSession session, long last, long end) {
    return session.run(new Chunk(session.step() + 1, last, end, UntilProgress.of(List.of())));
  }
}
