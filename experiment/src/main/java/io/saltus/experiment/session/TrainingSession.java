package io.saltus.experiment.session;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A model in training. Used by one thread at a time; its results depend on its request and on the
 * steps asked of it, never on how these are cut into chunks, on time, or on other sessions.
 */
public interface TrainingSession extends AutoCloseable {

  /**
   * What it can do. A caller that gives masks or probes asks first: a session that cannot use them
   * does not see them.
   */
  default Set<Capability> capabilities() {
    return Set.of(Capability.RESTORE);
  }

  /** The metrics it records, those of its probes last, in the order of its frames' columns. */
  Catalogue catalogue();

  /** The environment it computes in, with the kernel canary; taken when it was opened. */
  Fingerprint fingerprint();

  /** The step whose state it holds; -1 until step 0 has been evaluated. */
  long step();

  /**
   * Executes a chunk: for each step the update, the step's metrics, and the evaluations that are
   * due. Ends early, after the step at which an {@code until} rule is met or a deterministic metric
   * is not finite.
   *
   * @param chunk begins at {@code step() + 1}
   * @return a frame from the first step of the chunk to the last one executed
   * @throws SessionException when the computation fails
   */
  MetricFrame run(Chunk chunk);

  /**
   * How long one step may take from now on. A session that can give up a step by itself does so
   * then, and throws a {@link SessionLostException} with {@link
   * io.saltus.experiment.event.AttemptEnd#HUNG}. Changes no result. Does nothing by default.
   *
   * @param step more than 0
   */
  default void limit(Duration step) {}

  /**
   * Evaluates one of its sets in the state it holds, beyond those that are due, and changes
   * nothing. Only for sessions with {@link Capability#EVALUATE}.
   *
   * @return a frame of the step it holds (0 before the first chunk) with the metrics of the set:
   *     the bits of an evaluation that is due there
   * @throws SessionException when there is no such set or the computation fails
   */
  default MetricFrame evaluate(String set) {
    throw new SessionException("this session evaluates only what is due");
  }

  /** The names of its state, in byte order: variables and optimiser slots. */
  List<String> variables();

  /**
   * The shapes of its trained variables by name, without optimiser slots; empty where it has
   * neither {@link Capability#MASKS} nor {@link Capability#PROBES}.
   */
  default SortedMap<String, List<Long>> weights() {
    return Collections.emptySortedMap();
  }

  /**
   * Reads part of its state, bit for bit.
   *
   * @throws SessionException when a name is unknown
   */
  List<TensorValue> read(Set<String> names);

  /**
   * Puts state back, bit for bit, as that after {@code step}; masked weights are 0 whatever they
   * were.
   *
   * @throws SessionException when a name is unknown or missing, or a dtype or shape does not fit;
   *     the message names the variable and both shapes, and nothing has been changed
   */
  void restore(long step, List<TensorValue> state);

  /** Frees what it holds; a second call does nothing. */
  @Override
  void close();
}
