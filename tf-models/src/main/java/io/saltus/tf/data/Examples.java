package io.saltus.tf.data;

/**
 * Labelled examples.
 *
 * @param inputs what the model sees
 * @param labels the right class of each, 0 to classes - 1
 * @param classes how many classes there are
 */
public record Examples(Inputs inputs, int[] labels, int classes) {

  /**
   * @throws IllegalArgumentException when there is not one label per input, or none at all
   */
  public Examples {
    if (labels.length == 0 || inputs.size() != labels.length) {
      throw new IllegalArgumentException(
          inputs.size() + " inputs for " + labels.length + " labels");
    }
  }

  /** How many. */
  public int size() {
    return labels.length;
  }
}
