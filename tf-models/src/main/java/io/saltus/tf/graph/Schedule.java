package io.saltus.tf.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The numbers that change from step to step, inside the graph. */
final class Schedule {

  static final int RATE = 0;

  private Schedule() {}

  /** The learning rate. */
  static Operand<TFloat32> rate(Ops tf, Operand<TFloat32> schedule) {
    return at(tf, schedule, RATE);
  }

  static Operand<TFloat32> at(Ops tf, Operand<TFloat32> schedule, int place) {
    return tf.gather(schedule, tf.constant(place), tf.constant(0));
  }
}
