package io.saltus.tf.data;

import io.saltus.experiment.random.KeyedPermutation;
import io.saltus.experiment.random.Philox;

/**
 * All pairs of numbers modulo m with the result of an operation on them, part of them for training
 * and the rest for validation: the task of A. Power et al., "Grokking: Generalization beyond
 * overfitting on small algorithmic datasets", arXiv 2201.02177.
 *
 * @param operation on the two numbers
 * @param modulus 2 to 1000; prime for a division
 * @param trainFraction share of the pairs that is trained on, in (0, 1)
 */
public record ModularArithmetic(ModularOperation operation, int modulus, double trainFraction) {

  /** How many pairs the operation is defined for. */
  public int pairs() {
    return modulus * (modulus - operation.leastRight());
  }

  /** How many of them are trained on: the fraction of all, rounded down. */
  public int trainingPairs() {
    return (int) Math.floor(trainFraction * pairs());
  }

  /**
   * The pairs, split by a permutation that is a function of the seed.
   *
   * @param dataSeed seed of the data
   */
  public Split split(long dataSeed) {
    KeyedPermutation order = new KeyedPermutation(Philox.keyed(dataSeed, "split"), 0, pairs());
    return new Split(
        examples(order, 0, trainingPairs()), examples(order, trainingPairs(), pairs()));
  }

  private Examples examples(KeyedPermutation order, int from, int until) {
    int[] left = new int[until - from];
    int[] right = new int[until - from];
    int[] results = new int[until - from];
    int rights = modulus - operation.leastRight();
    for (int i = 0; i < left.length; i++) {
      int pair = order.at(from + i);
      left[i] = pair / rights;
      right[i] = pair % rights + operation.leastRight();
      results[i] = operation.apply(left[i], right[i], modulus);
    }
    return new Examples(new Inputs.Pairs(left, right, modulus), results, modulus);
  }
}
