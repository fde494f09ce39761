package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void an_operation_without_a_deterministic_kernel_is_named() {
    // After the wording of TensorFlow's sources; it has not been seen on a GPU.
    RuntimeException refused =
        new IllegalStateException(
            "A deterministic GPU implementation of fused batch-norm backprop, when training is"
                + " disabled, is not currently available.\n\t [[{{node gradients_norm}}]]");

    assertThat(Failures.of("TensorFlow failed at step 5", refused))
        .hasMessage(
            "TensorFlow failed at step 5: the operation gradients_norm has no deterministic kernel"
                + " on this GPU. Use another operation, or the processor: resources.kind = cpu."
                + " TensorFlow says: A deterministic GPU implementation of fused batch-norm"
                + " backprop, when training is disabled, is not currently available.")
        .hasCause(refused);
  }

  @Test
  void of_other_failures_the_first_line_is_said() {
    assertThat(Failures.of("TensorFlow cannot run the graph", new IllegalStateException("no\nyes")))
        .hasMessage("TensorFlow cannot run the graph: no");
  }
}
