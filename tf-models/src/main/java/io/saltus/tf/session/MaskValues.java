package io.saltus.tf.session;

import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.TensorValue;
import io.saltus.tf.graph.Network;
import io.saltus.tf.graph.Weight;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Masks as they were given, checked against the variables of a network. */
final class MaskValues {

  private MaskValues() {}

  /**
   * For each masked variable, which weights stay.
   *
   * @throws SessionException when a name is unknown or stands twice, a dtype or shape does not fit,
   *     or a value is neither 0 nor 1
   */
  static SortedMap<String, boolean[]> of(Network network, List<TensorValue> masks) {
    SortedMap<String, boolean[]> kept = new TreeMap<>();
    for (TensorValue mask : masks) {
      check(network, mask);
      if (kept.put(mask.name(), values(mask)) != null) {
        throw new SessionException("there are two masks for " + mask.name());
      }
    }
    return kept;
  }

  private static void check(Network network, TensorValue mask) {
    Weight weight =
        network.weights().stream()
            .filter(known -> known.name().equals(mask.name()))
            .findFirst()
            .orElseThrow(
                () ->
                    new SessionException(
                        "there is a mask for "
                            + mask.name()
                            + ", but the model trains "
                            + String.join(
                                ", ", network.weights().stream().map(Weight::name).toList())));
    List<Long> shape = RawTensors.dimensions(weight.shape());
    boolean known = mask.dtype() == TensorValue.Dtype.F32 || mask.dtype() == TensorValue.Dtype.U8;
    if (!known || !mask.shape().equals(shape)) {
      throw new SessionException(
          weight.name()
              + " is "
              + TensorValue.Dtype.F32
              + shape
              + " in the model and its mask is "
              + mask.dtype()
              + mask.shape()
              + "; a mask is F32 or U8 and of its variable's shape");
    }
  }

  private static boolean[] values(TensorValue mask) {
    ByteBuffer bytes = mask.bytes();
    boolean[] kept = new boolean[bytes.remaining() / mask.dtype().bytes()];
    for (int i = 0; i < kept.length; i++) {
      float value = mask.dtype() == TensorValue.Dtype.U8 ? bytes.get() & 0xff : bytes.getFloat();
      if (value != 0 && value != 1) {
        throw new SessionException(
            "the mask of " + mask.name() + " is " + value + " at place " + i + ", not 0 or 1");
      }
      kept[i] = value == 1;
    }
    return kept;
  }
}
