package io.saltus.tf.session;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.ProbeContext;
import io.saltus.experiment.session.ProbeFactory;
import io.saltus.experiment.session.ProbeSelection;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.Cadence;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.Component;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.OnDivergence;
import io.saltus.experiment.spec.Placing;
import io.saltus.experiment.spec.Sampling;
import io.saltus.experiment.spec.SpecValue;
import io.saltus.tf.data.ModularArithmetic;
import io.saltus.tf.data.ModularOperation;
import io.saltus.tf.data.Split;
import io.saltus.tf.graph.Activation;
import io.saltus.tf.graph.AdamW;
import io.saltus.tf.graph.Optimizer;
import io.saltus.tf.graph.PairNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
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

  static TrainingPlan small(long seed, Sampling sampling, long evaluateEvery, Optimizer optimizer) {
    Split split = new ModularArithmetic(ModularOperation.ADD, 13, 0.3).split(seed);
    return new TrainingPlan(
        new PairNetwork(13, 24, Activation.SQUARE),
        optimizer,
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
        plan.optimizer(),
        plan.split(),
        plan.sampling(),
        plan.batchSize(),
        plan.evaluation(),
        plan.seeds(),
        numerics);
  }

  /** The probes of these metrics. */
  static List<MetricProvider> probes(TrainingPlan plan, List<String> metrics) {
    return selection(plan).choose(metrics);
  }

  /** What can be probed of a plan for addition. */
  static ProbeSelection selection(TrainingPlan plan) {
    SortedMap<String, List<Long>> weights = new TreeMap<>();
    plan.network()
        .weights()
        .forEach(weight -> weights.put(weight.name(), RawTensors.dimensions(weight.shape())));
    return new ProbeSelection(
        ServiceLoader.load(ProbeFactory.class).stream().map(ServiceLoader.Provider::get).toList(),
        new ProbeContext(spec(plan), weights, List.copyOf(plan.split().evaluationSets().keySet())));
  }

  private static ExperimentSpec spec(TrainingPlan plan) {
    long modulus = plan.split().training().classes();
    Component task =
        new Component(
            "modular-arithmetic", new TreeMap<>(Map.of("modulus", new SpecValue.Whole(modulus))));
    return new ExperimentSpec(
        "test",
        "",
        task,
        new Component("mlp", new TreeMap<>()),
        new Component("adamw", new TreeMap<>()),
        plan.batchSize(),
        plan.sampling(),
        100,
        plan.seeds(),
        List.of(),
        plan.evaluation(),
        CheckpointPolicy.DEFAULT,
        ExperimentSpec.Resume.DEFAULT,
        plan.numerics(),
        "auto",
        Placing.DEFAULT,
        Isolation.AUTO,
        OnDivergence.FAIL,
        Optional.empty(),
        new ExperimentSpec.Plot(true));
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
