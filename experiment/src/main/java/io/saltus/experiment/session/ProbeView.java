package io.saltus.experiment.session;

/** What a {@link MetricProvider} sees of a step: copies, valid beyond the step. */
public interface ProbeView {

  /** The step, from 0. */
  long step();

  /**
   * Part of the state after update {@link #step}: a variable or an optimiser slot.
   *
   * @throws SessionException when the name is unknown
   */
  TensorValue read(String variable);

  /**
   * The gradient of the mean loss of the step's batch, with the weights before update {@link
   * #step}; of the variable's shape.
   *
   * @param variable one that {@link MetricProvider#gradients} names
   * @throws IllegalStateException at step 0, which has no update, and for a variable that no
   *     provider of the step named
   */
  TensorValue gradient(String variable);

  /**
   * The logits of an evaluation set with the weights after update {@link #step}: F32, shape
   * [examples, classes].
   *
   * @throws SessionException when there is no such set
   */
  TensorValue logits(String set);

  /**
   * The right classes of an evaluation set: I32, shape [examples], from 0.
   *
   * @throws SessionException when there is no such set
   */
  TensorValue labels(String set);
}
