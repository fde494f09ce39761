package io.saltus.tf.session;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.Sampling;
import io.saltus.tf.data.FashionMnist;
import io.saltus.tf.data.Inputs;
import io.saltus.tf.data.ModularOperation;
import io.saltus.tf.data.Split;
import io.saltus.tf.graph.Activation;
import io.saltus.tf.graph.AdamW;
import io.saltus.tf.graph.PixelNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Trains without a break and from a restored state, and says whether the bits are the same. A
 * program of its own since a process has one thread configuration.
 */
final class Continuation {

  private static final long RESTORED = 13;
  private static final long END = 31;
  private static final int DENORMAL_MANTISSA = 0x007fffff;
  private static final int SIGN = 0x80000000;

  private Continuation() {}

  /**
   * Trains.
   *
   * @param arguments {@code grokking} or {@code fashion-mnist}, and the threads
   */
  public static void main(String[] arguments) {
    Numerics numerics = new Numerics(Integer.parseInt(arguments[1]), Numerics.Isa.NATIVE);
    TrainingPlan plan = plan(arguments[0], numerics);
    try (TensorFlowSession whole = TensorFlowSession.open(plan)) {
      Plans.run(whole, RESTORED, END);
      List<TensorValue> state = state(whole);
      MetricFrame rest = Plans.run(whole, END);
      System.out.println("threads " + whole.fingerprint().numeric().get("threads"));
      try (TensorFlowSession restored = TensorFlowSession.open(plan)) {
        restored.restore(RESTORED, state);
        System.out.println("restored " + state(restored).equals(state));
        System.out.println("frames " + Plans.run(restored, END).equals(rest));
        System.out.println("state " + state(restored).equals(state(whole)));
        System.out.println("denormals " + keepsDenormals(whole, restored));
      }
    }
    System.out.flush();
  }

  /** Whether denormals of all bit patterns pass from one session to another as they are. */
  private static boolean keepsDenormals(TensorFlowSession from, TensorFlowSession to) {
    List<TensorValue> denormal = new ArrayList<>();
    for (TensorValue value : state(from)) {
      denormal.add(denormal(value));
    }
    from.restore(5, denormal);
    to.restore(5, state(from));
    return state(from).equals(denormal) && state(to).equals(denormal);
  }

  /** 1e-40 first, then others of both signs. */
  private static TensorValue denormal(TensorValue like) {
    byte[] bytes = new byte[like.bytes().remaining()];
    ByteBuffer into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    into.putFloat(1e-40f);
    for (int i = 1; into.hasRemaining(); i++) {
      int mantissa = (i * 0x9E3779B9) & DENORMAL_MANTISSA;
      into.putInt(i % 2 == 0 ? mantissa : mantissa | SIGN);
    }
    return new TensorValue(like.name(), like.dtype(), like.shape(), bytes);
  }

  private static TrainingPlan plan(String task, Numerics numerics) {
    if (task.equals("grokking")) {
      return Plans.with(Plans.grokking(ModularOperation.ADD, 1, 4), numerics);
    }
    Split split = FashionMnist.read(FashionMnist.files(FashionMnist.DEBIAN), 3000, 1);
    Inputs.Rows rows = (Inputs.Rows) split.training().inputs();
    return new TrainingPlan(
        new PixelNetwork(rows.width(), 128, split.training().classes(), Activation.RELU),
        new AdamW(1e-3, 0.01, 0.9, 0.999, 1e-8, 10),
        split,
        Sampling.EPOCHS,
        128,
        Plans.every(4),
        Seeds.of(1),
        numerics);
  }

  private static List<TensorValue> state(TensorFlowSession session) {
    return session.read(Set.copyOf(session.variables()));
  }
}
