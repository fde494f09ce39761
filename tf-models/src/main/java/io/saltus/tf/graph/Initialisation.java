package io.saltus.tf.graph;

import io.saltus.experiment.random.Philox;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The state at step 0: normally distributed weights by the stateless Philox generator, its key a
 * function of seed and variable name, its counter from 0; optimiser slots zero. No generator has a
 * state.
 */
public final class Initialisation {

  private static final int PHILOX = 1;

  private final List<Weight> weights;
  private final Placeholder<TInt64> keys;
  private final List<Op> assignments = new ArrayList<>();

  Initialisation(Ops tf, List<Variable> variables) {
    this.weights = variables.stream().map(Variable::weight).toList();
    // Fed, so that the graph and its digest do not depend on the seed.
    this.keys = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(variables.size())));
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      Operand<TFloat32> zeros =
          tf.zeros(tf.constant(variable.weight().shape().asArray()), TFloat32.class);
      assignments.add(
          variable.state().assign(tf, variable.weight().deviation() == 0 ? zeros : normal(tf, i)));
      variable.slots().forEach(slot -> assignments.add(slot.assign(tf, zeros)));
    }
  }

  /** Where the keys are fed. */
  public Operand<TInt64> keys() {
    return keys;
  }

  /** What stores the initial state. */
  public List<Op> assignments() {
    return List.copyOf(assignments);
  }

  /** The keys of a seed; the caller closes them. */
  public Tensor keys(long seed) {
    return TInt64.vectorOf(
        weights.stream().mapToLong(weight -> Philox.key(seed, "init/" + weight.name())).toArray());
  }

  private Operand<TFloat32> normal(Ops tf, int place) {
    Weight weight = weights.get(place);
    Operand<TInt64> key =
        tf.slice(keys, tf.constant(new int[] {place}), tf.constant(new int[] {1}));
    Operand<TFloat32> unit =
        tf.random.statelessRandomNormalV2(
            tf.constant(weight.shape().asArray()),
            Unsigned.bits(tf, key),
            Unsigned.bits(tf, tf.constant(new long[2])),
            tf.constant(PHILOX),
            TFloat32.class);
    return tf.math.mul(unit, tf.constant((float) weight.deviation()));
  }
}
