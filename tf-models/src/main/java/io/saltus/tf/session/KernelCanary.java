package io.saltus.tf.session;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.random.Philox;
import io.saltus.tf.graph.Unsigned;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * Fixed computations whose digest is the same wherever kernels give the same bits, and another one
 * where some kernel, library or setting differs, whatever the reason. The sizes are odd, so that
 * the edges of vectorised loops take part.
 */
final class KernelCanary {

  private static final int ROWS = 129;
  private static final int INNER = 523;
  private static final int COLUMNS = 97;

  private KernelCanary() {}

  /** The digest of all results, computed with {@code config}; takes some milliseconds. */
  static Sha256 sing(ConfigProto config) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, false, config)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> left = fixed(tf, "left", ROWS, INNER);
      Operand<TFloat32> right = fixed(tf, "right", INNER, COLUMNS);
      List<Operand<TFloat32>> songs = new ArrayList<>();
      Operand<TFloat32> product = tf.linalg.matMul(left, right);
      songs.add(product);
      songs.add(
          tf.nn.conv2d(
              fixed(tf, "image", 3, 17, 15, 8),
              fixed(tf, "filter", 3, 3, 8, 13),
              List.of(1L, 1L, 1L, 1L),
              "SAME"));
      songs.add(tf.reduceSum(left, tf.constant(new int[] {0, 1})));
      songs.add(tf.math.mean(left, tf.constant(1)));
      songs.add(tf.math.exp(left));
      songs.add(tf.math.erf(left));
      songs.add(tf.nn.softmax(product));
      songs.add(
          tf.random.statelessRandomNormalV2(
              tf.constant(new int[] {INNER}),
              Unsigned.bits(tf, tf.constant(new long[] {0x5a17c5})),
              Unsigned.bits(tf, tf.constant(new long[2])),
              tf.constant(1),
              TFloat32.class));
      songs.addAll(adam(tf, session, left));
      return digest(session, songs);
    }
  }

  private static List<Operand<TFloat32>> adam(Ops tf, Session session, Operand<TFloat32> gradient) {
    Shape shape = Shape.of(ROWS, INNER);
    List<VarHandleOp> variables = new ArrayList<>();
    Session.Runner initialise = session.runner();
    for (String name : List.of("weights", "mean", "mean-square")) {
      VarHandleOp variable =
          tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName("canary." + name));
      variables.add(variable);
      initialise.addTarget(tf.assignVariableOp(variable, tf.math.mul(gradient, gradient)));
    }
    initialise.run().close();
    Op update =
        tf.train.resourceApplyAdam(
            variables.get(0),
            variables.get(1),
            variables.get(2),
            tf.constant(0.729f),
            tf.constant(0.941192f),
            tf.constant(5e-3f),
            tf.constant(0.9f),
            tf.constant(0.98f),
            tf.constant(1e-8f),
            gradient);
    Ops after = tf.withControlDependencies(List.of(update));
    List<Operand<TFloat32>> results = new ArrayList<>();
    variables.forEach(variable -> results.add(after.readVariableOp(variable, TFloat32.class)));
    return results;
  }

  private static Sha256 digest(Session session, List<Operand<TFloat32>> songs) {
    Session.Runner runner = session.runner().setOptions(SessionSettings.run());
    songs.forEach(runner::fetch);
    MessageDigest digest = Sha256.digest();
    try (Result result = runner.run()) {
      for (int i = 0; i < result.size(); i++) {
        Tensor tensor = result.get(i);
        byte[] bytes = new byte[Math.toIntExact(tensor.numBytes())];
        tensor.asRawTensor().data().read(bytes);
        digest.update(bytes);
      }
    }
    return Sha256.from(digest);
  }

  /** Numbers in [-2, 2) that are exact in every arithmetic: multiples of 2^-22. */
  private static Operand<TFloat32> fixed(Ops tf, String name, long... shape) {
    Philox philox = Philox.keyed(0, "canary/" + name);
    float[] values = new float[Math.toIntExact(Shape.of(shape).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (philox.below(1 << 24, 0, i) - (1 << 23)) * 0x1p-22f;
    }
    return tf.constant(Shape.of(shape), DataBuffers.of(values));
  }
}
