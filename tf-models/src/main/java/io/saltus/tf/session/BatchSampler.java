package io.saltus.tf.session;

import io.saltus.experiment.random.KeyedPermutation;
import io.saltus.experiment.random.Philox;
import io.saltus.experiment.spec.Sampling;

/**
 * Which examples a step sees: a function of seed and step alone, so that a run can begin anywhere.
 * Epochs follow each other without a gap: a batch that reaches the end of one takes the rest from
 * the beginning of the next.
 */
final class BatchSampler {

  private final Sampling sampling;
  private final Philox philox;
  private final int examples;
  private final int batchSize;

  /**
   * @param batchSize as asked for; not used with {@link Sampling#FULL_BATCH}
   */
  BatchSampler(Sampling sampling, long orderSeed, int examples, int batchSize) {
    this.sampling = sampling;
    this.philox = Philox.keyed(orderSeed, "batch");
    this.examples = examples;
    this.batchSize = sampling == Sampling.FULL_BATCH ? examples : batchSize;
  }

  int batchSize() {
    return batchSize;
  }

  /**
   * Writes the indices of a step's examples.
   *
   * @param step at least 1
   * @param into {@link #batchSize} indices
   */
  void fill(long step, int[] into) {
    switch (sampling) {
      case FULL_BATCH -> {
        for (int i = 0; i < batchSize; i++) {
          into[i] = i;
        }
      }
      case WITH_REPLACEMENT -> {
        for (int i = 0; i < batchSize; i++) {
          into[i] = philox.below(examples, step, i);
        }
      }
      case EPOCHS -> fillFromEpochs(Math.multiplyExact(step - 1, (long) batchSize), into);
    }
  }

  private void fillFromEpochs(long first, int[] into) {
    long epoch = first / examples;
    int place = (int) (first % examples);
    KeyedPermutation order = new KeyedPermutation(philox, epoch, examples);
    for (int i = 0; i < batchSize; i++) {
      if (place == examples) {
        place = 0;
        order = new KeyedPermutation(philox, ++epoch, examples);
      }
      into[i] = order.at(place++);
    }
  }
}
