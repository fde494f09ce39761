package io.saltus.tf.session;

import io.saltus.experiment.spec.Numerics;
import java.time.Duration;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;

/** How sessions are configured and run. */
final class SessionSettings {

  /** A single step that takes longer hangs, where nobody says otherwise. */
  private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

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
    return run(RUN_LIMIT);
  }

  static RunOptions run(Duration limit) {
    return RunOptions.newBuilder().setTimeoutInMs(Math.max(1, limit.toMillis())).build();
  }
}
