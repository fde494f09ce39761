package io.saltus.tf.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * A trained variable with what its optimiser keeps of its gradients.
 *
 * @param weight what it is
 * @param state its value
 * @param slots in the order of {@link Optimizer#slots}
 */
public record Variable(Weight weight, StateVariable state, List<StateVariable> slots) {

  /** Copies the slots. */
  public Variable {
    slots = List.copyOf(slots);
  }

  static Variable declare(Ops tf, Weight weight, List<String> slots) {
    return new Variable(
        weight,
        new StateVariable(tf, weight.name(), weight.shape()),
        slots.stream()
            .map(slot -> new StateVariable(tf, weight.name() + "." + slot, weight.shape()))
            .toList());
  }

  VarHandleOp handle() {
    return state.handle();
  }

  ReadVariableOp<TFloat32> read(Ops tf) {
    return tf.readVariableOp(state.handle(), TFloat32.class);
  }

  List<StateVariable> states() {
    List<StateVariable> states = new ArrayList<>(List.of(state));
    states.addAll(slots);
    return states;
  }
}
