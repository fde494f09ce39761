package io.saltus.tf.session;

import io.saltus.experiment.spec.Numerics;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;

/** How sessions are configured and run. */
final class SessionSettings {

  /** A single step that takes longer hangs. */
  private static final long RUN_TIMEOUT_MILLIS = 10 * 60_000L;

  private SessionSettings() {}

  /**
   * The graph is executed as it was written: the graph rewriter, which works against the clock and
   * per set of fetches, and common-subexpression elimination and constant folding are off. So what
   * is fetched beside a metric cannot change its bits. They bought no speed on these graphs.
   */
  static ConfigProto config(Numerics numerics) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(numerics.threads())
        .setInterOpParallelismThreads(1)
        .setAllowSoftPlacement(false)
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(
                    RewriterConfig.newBuilder()
                        .setDisableMetaOptimizer(true)
                        .setMetaOptimizerTimeoutMs(-1))
                .setOptimizerOptions(
                    OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0)))
        .build();
  }

  /** Interrupting a thread does not stop a run, and closing a session waits for it; this does. */
  static RunOptions run() {
    return RunOptions.newBuilder().setTimeoutInMs(RUN_TIMEOUT_MILLIS).build();
  }
}
