package io.saltus.tf.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Cross-entropy and accuracy of a network, from one forward pass. */
final class Classifier {

  /**
   * Rows of one pass of an evaluation. The activations of this many rows stay in the second-level
   * cache and below the size from which the allocator returns memory to the system at every step.
   */
  private static final int SLICE_ROWS = 1024;

  private final Network network;

  Classifier(Network network) {
    this.network = network;
  }

  /**
   * Losses and hits of some examples.
   *
   * @param losses cross-entropy in nats, shape [examples]
   * @param hits 1 where the greatest logit is the label's, else 0, shape [examples]
   */
  record Scores(Operand<TFloat32> losses, Operand<TFloat32> hits) {}

  Scores scores(Ops tf, List<Operand<TFloat32>> weights, StoredExamples.Batch batch, int classes) {
    Operand<TFloat32> logits = network.logits(tf, weights, batch.features());
    // One-hot labels: the sparse form of this operation has no registered gradient.
    Operand<TFloat32> wanted =
        tf.oneHot(batch.labels(), tf.constant(classes), tf.constant(1f), tf.constant(0f));
    Operand<TInt32> chosen = tf.math.argMax(logits, tf.constant(1), TInt32.class);
    return new Scores(
        tf.nn.softmaxCrossEntropyWithLogits(logits, wanted).loss(),
        tf.dtypes.cast(tf.math.equal(chosen, batch.labels()), TFloat32.class));
  }

  /** Mean loss and accuracy of all examples of a set, shape [2]. */
  Operand<TFloat32> evaluate(Ops tf, List<Operand<TFloat32>> weights, StoredExamples examples) {
    List<Operand<TFloat32>> losses = new ArrayList<>();
    List<Operand<TFloat32>> hits = new ArrayList<>();
    for (int first = 0; first < examples.size(); first += SLICE_ROWS) {
      int count = Math.min(SLICE_ROWS, examples.size() - first);
      Scores scores = scores(tf, weights, examples.slice(tf, first, count), examples.classes());
      losses.add(Reduce.sum(tf, scores.losses(), 1));
      hits.add(Reduce.sum(tf, scores.hits(), 1));
    }
    Operand<TFloat32> totals = tf.stack(List.of(tf.math.addN(losses), tf.math.addN(hits)));
    return tf.math.div(totals, tf.constant((float) examples.size()));
  }

  /** The logits of all examples of a set, shape [examples, classes]. */
  Operand<TFloat32> logits(Ops tf, List<Operand<TFloat32>> weights, StoredExamples examples) {
    List<Operand<TFloat32>> slices = new ArrayList<>();
    for (int first = 0; first < examples.size(); first += SLICE_ROWS) {
      int count = Math.min(SLICE_ROWS, examples.size() - first);
      slices.add(network.logits(tf, weights, examples.slice(tf, first, count).features()));
    }
    return slices.size() == 1 ? slices.get(0) : tf.concat(slices, tf.constant(0));
  }
}
