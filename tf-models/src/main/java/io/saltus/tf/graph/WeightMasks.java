package io.saltus.tf.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Weights that are kept at 0. A graph without masks has none of these operations.
 *
 * <p>Weights are chosen instead of multiplied: a product would flush denormals that are to stay,
 * and leave −0 for a negative weight and NaN for one that is not finite.
 */
final class WeightMasks {

  private final SortedMap<String, DataColumn<TBool>> masks = new TreeMap<>();

  /**
   * @param kept for some variables, by name, which weights stay: row-major, of the variable's shape
   */
  WeightMasks(Ops tf, List<Variable> variables, Map<String, boolean[]> kept) {
    for (Variable variable : variables) {
      boolean[] mask = kept.get(variable.weight().name());
      if (mask != null) {
        Shape shape = variable.weight().shape();
        masks.put(
            variable.weight().name(),
            new DataColumn<>(
                tf,
                "mask." + variable.weight().name(),
                TBool.class,
                shape,
                () -> TBool.tensorOf(shape, DataBuffers.of(mask, true, false))));
      }
    }
  }

  List<DataColumn<?>> columns() {
    return new ArrayList<>(masks.values());
  }

  /** The variable's last operation of an update, once what is masked is 0 again. */
  Op after(Ops tf, Op update, Variable variable) {
    DataColumn<TBool> mask = masks.get(variable.weight().name());
    return mask == null
        ? update
        : apply(tf.withControlDependencies(List.of(update)), mask, variable);
  }

  /** Masks the weights as they are, in a run of its own. */
  List<Op> alone(Ops tf, List<Variable> variables) {
    List<Op> maskings = new ArrayList<>();
    for (Variable variable : variables) {
      DataColumn<TBool> mask = masks.get(variable.weight().name());
      if (mask != null) {
        maskings.add(apply(tf, mask, variable));
      }
    }
    return List.copyOf(maskings);
  }

  private static Op apply(Ops tf, DataColumn<TBool> mask, Variable variable) {
    Operand<TFloat32> weights = variable.read(tf);
    return variable.state().assign(tf, tf.select(mask.all(tf), weights, tf.zerosLike(weights)));
  }
}
