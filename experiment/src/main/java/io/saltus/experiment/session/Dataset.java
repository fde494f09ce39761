package io.saltus.experiment.session;

import io.saltus.experiment.Sha256;
import java.util.List;

/** Examples that a session trains on or is evaluated on. Immutable. */
public interface Dataset {

  /** How many examples, at least 1. */
  int size();

  /** SHA-256 over all that a model can see of them and their labels, in their order. */
  Sha256 digest();

  /**
   * Some of the examples as tensors, always of the same names, dtypes and order, the first
   * dimension of each being {@code indices.length}.
   *
   * @param indices from 0 to {@link #size} - 1, in any order, also repeatedly
   * @throws IndexOutOfBoundsException when an index is outside
   */
  List<TensorValue> batch(int... indices);

  /** The right classes, I32 [size]. */
  TensorValue answers();
}
