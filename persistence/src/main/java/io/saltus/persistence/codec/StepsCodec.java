package io.saltus.persistence.codec;

import io.saltus.experiment.metric.Steps;
import io.saltus.proto.v1.MetricsProto;

/**
 * Steps of a column: first, distance and count where they are evenly spaced, else all distances.
 */
final class StepsCodec {

  private StepsCodec() {}

  static MetricsProto.Steps write(Steps steps, long frameFrom) {
    MetricsProto.Steps.Builder wire = MetricsProto.Steps.newBuilder().setCount(steps.size());
    if (steps.size() == 0) {
      return wire.build();
    }
    wire.setFirst(steps.at(0) - frameFrom);
    if (steps.size() == 1) {
      return wire.build();
    }
    if (isRegular(steps)) {
      return wire.setStride(steps.at(1) - steps.at(0)).build();
    }
    for (int i = 1; i < steps.size(); i++) {
      wire.addDeltas(steps.at(i) - steps.at(i - 1));
    }
    return wire.build();
  }

  /**
   * @param values how many steps the values of the column are enough for, so that a wrong count
   *     never makes an array larger than the input
   */
  static Steps read(At at, MetricsProto.Steps wire, long frameFrom, long values) {
    at.known(wire);
    at.check(
        wire.getCount() == values,
        "count",
        "is " + wire.getCount() + ", with values for " + values);
    int count = (int) values;
    at.check(wire.getFirst() >= 0, "first", "is beyond 2^63");
    at.check(wire.getStride() >= 0, "stride", "is beyond 2^63");
    at.check(
        wire.getDeltasCount() == 0 || wire.getDeltasCount() == count - 1,
        "deltas",
        "are " + wire.getDeltasCount() + " for " + count + " steps");
    at.check(
        count < 2 ? wire.getStride() == 0 : (wire.getStride() > 0) == (wire.getDeltasCount() == 0),
        "stride",
        "is " + wire.getStride() + " beside " + wire.getDeltasCount() + " deltas");
    if (count == 0) {
      at.check(wire.getFirst() == 0, "first", "is " + wire.getFirst() + " without steps");
      return Steps.none();
    }
    return Steps.of(unfold(at, wire, frameFrom, count));
  }

  private static long[] unfold(At at, MetricsProto.Steps wire, long frameFrom, int count) {
    long[] steps = new long[count];
    long step = frameFrom;
    for (int i = 0; i < count; i++) {
      long distance =
          i == 0
              ? wire.getFirst()
              : wire.getDeltasCount() == 0 ? wire.getStride() : wire.getDeltas(i - 1);
      at.check(i == 0 || distance > 0, "deltas", "hold " + distance);
      at.check(distance <= Long.MAX_VALUE - step, "first", "leads beyond 2^63");
      step += distance;
      steps[i] = step;
    }
    return steps;
  }

  private static boolean isRegular(Steps steps) {
    long stride = steps.at(1) - steps.at(0);
    for (int i = 2; i < steps.size(); i++) {
      if (steps.at(i) - steps.at(i - 1) != stride) {
        return false;
      }
    }
    return true;
  }
}
