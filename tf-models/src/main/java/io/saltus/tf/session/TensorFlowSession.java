package io.saltus.tf.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.ChunkLoop;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.experiment.session.Probes;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.Numerics;
import io.saltus.tf.device.GpuEnvironment;
import io.saltus.tf.graph.TrainingGraph;
import io.saltus.tf.graph.Weight;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** A training session on a TensorFlow graph. */
public final class TensorFlowSession implements TrainingSession {

  // Not to be changed while a process runs, like its environment.
  private static final boolean ON_GPU =
      GpuEnvironment.leased(new TreeMap<>(System.getenv())).isPresent();

  private final TrainingGraph graph;
  private final Session session;
  private final GraphStepper stepper;
  private final GraphState state;
  private final Catalogue catalogue;
  private final ChunkLoop loop;
  private final Fingerprint fingerprint;
  private boolean broken;
  private boolean closed;

  private final SortedMap<String, List<Long>> weights = new TreeMap<>();

  private TensorFlowSession(
      TrainingPlan plan,
      TrainingGraph graph,
      Session session,
      Fingerprint fingerprint,
      Probes probes,
      SortedMap<String, Operand<TFloat32>> logits) {
    List<String> sets = List.copyOf(graph.evaluations().keySet());
    plan.network()
        .weights()
        .forEach(weight -> weights.put(weight.name(), RawTensors.dimensions(weight.shape())));
    this.graph = graph;
    this.session = session;
    this.fingerprint = fingerprint;
    this.catalogue = probes.catalogue();
    this.loop = new ChunkLoop(catalogue, plan.evaluation(), sets);
    this.state = new GraphState(session, graph);
    this.stepper =
        new GraphStepper(
            session,
            graph,
            plan,
            catalogue,
            new GraphProbes(session, state, probes, logits, plan.split()));
  }

  /**
   * Loads the native libraries for sessions with these numerics and takes their digest, without a
   * session or a graph.
   *
   * @throws SessionException when they were loaded for others, or there are none for this platform
   */
  public static void prepare(Numerics numerics) {
    NativeEnvironment.ofProcess().prepare(numerics);
    // Every fingerprint has it, and it takes as long as all else that opens a session.
    NativesDigest.ofProcess();
  }

  /**
   * Opens a session in its initial state.
   *
   * @throws SessionException when the process cannot compute with these numerics or the graph
   *     cannot be run
   */
  public static TensorFlowSession open(TrainingPlan plan) {
    return open(plan, List.of(), List.of());
  }

  /**
   * Opens a session in its initial state, with masked weights at 0 and probes looking at it.
   *
   * @param masks as in {@link io.saltus.experiment.session.SessionRequest}
   * @param providers their metrics stand in the catalogue behind the session's own
   * @throws SessionException when the process cannot compute with these numerics, the graph cannot
   *     be run, a mask does not fit its variable, or a probe does not fit the session
   */
  public static TensorFlowSession open(
      TrainingPlan plan, List<TensorValue> masks, List<MetricProvider> providers) {
    Map<String, boolean[]> kept = MaskValues.of(plan.network(), masks);
    Probes probes =
        new Probes(
            Metrics.catalogue(plan.evaluation(), plan.split().evaluationSets().keySet()),
            providers);
    requireGradients(plan, providers);
    NativeEnvironment.ofProcess().settle(plan.numerics());
    BatchSampler sampler = GraphStepper.sampler(plan);
    TrainingGraph graph =
        new TrainingGraph(
            plan.network(), plan.optimizer(), plan.split(), sampler.batchSize(), kept);
    try {
      ConfigProto config = SessionSettings.config(plan.numerics());
      Fingerprint fingerprint = Fingerprints.take(plan.numerics(), config, graph.graph());
      // After the graph's digest was taken: looking at a run does not make it another one.
      SortedMap<String, Operand<TFloat32>> logits =
          providers.isEmpty() ? Collections.emptySortedMap() : graph.addLogits();
      Session session = new Session(graph.graph(), false, config);
      try {
        TensorFlowSession opened =
            new TensorFlowSession(plan, graph, session, fingerprint, probes, logits);
        opened.state.initialise(plan.seeds().init());
        return opened;
      } catch (RuntimeException failed) {
        session.close();
        throw failed;
      }
    } catch (TensorFlowException | IllegalArgumentException failed) {
      graph.close();
      throw Failures.of("TensorFlow cannot run the graph", failed, ON_GPU);
    } catch (RuntimeException failed) {
      graph.close();
      throw failed;
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public SortedMap<String, List<Long>> weights() {
    return Collections.unmodifiableSortedMap(weights);
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  @Override
  public long step() {
    return stepper.step();
  }

  @Override
  public MetricFrame run(Chunk chunk) {
    requireUsable();
    if (chunk.first() != step() + 1) {
      throw new IllegalArgumentException(
          "the session is at step " + step() + " and cannot run from " + chunk.first());
    }
    try {
      return loop.run(chunk, stepper);
    } catch (TensorFlowException failed) {
      // Part of the update may have happened.
      broken = true;
      throw Failures.of("TensorFlow failed at step " + (step() + 1), failed, ON_GPU);
    } catch (RuntimeException failed) {
      broken = true;
      throw failed;
    }
  }

  @Override
  public void limit(Duration step) {
    stepper.limit(step);
  }

  @Override
  public MetricFrame evaluate(String set) {
    requireUsable();
    try {
      return loop.evaluate(
          set, Math.max(0, step()), record -> stepper.evaluate(List.of(set), record));
    } catch (TensorFlowException failed) {
      throw Failures.of(
          "TensorFlow failed to evaluate " + set + " at step " + step(), failed, ON_GPU);
    }
  }

  @Override
  public List<String> variables() {
    return state.names();
  }

  @Override
  public List<TensorValue> read(Set<String> names) {
    requireUsable();
    try {
      return state.read(names);
    } catch (TensorFlowException failed) {
      throw Failures.of("TensorFlow failed to read the state at step " + step(), failed, ON_GPU);
    }
  }

  @Override
  public void restore(long step, List<TensorValue> values) {
    requireOpen();
    if (step < 0) {
      throw new IllegalArgumentException("there is no state after step " + step);
    }
    try {
      state.restore(values);
    } catch (TensorFlowException failed) {
      throw Failures.of("TensorFlow failed to restore the state of step " + step, failed, ON_GPU);
    }
    stepper.moveTo(step);
    broken = false;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      stepper.close();
      session.close();
      graph.close();
    }
  }

  private static void requireGradients(TrainingPlan plan, List<MetricProvider> providers) {
    List<String> names = plan.network().weights().stream().map(Weight::name).toList();
    for (MetricProvider provider : providers) {
      for (String name : provider.gradients()) {
        if (!names.contains(name)) {
          throw new SessionException(
              "probe "
                  + provider.name()
                  + " looks at the gradient of "
                  + name
                  + ", but the model trains "
                  + String.join(", ", names));
        }
      }
    }
  }

  private void requireUsable() {
    requireOpen();
    if (broken) {
      throw new SessionException(
          "the session failed at step " + (step() + 1) + ": restore a checkpoint first");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SessionException("the session is closed");
    }
  }
}
