package io.saltus.tf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

  @Test
  void an_operation_without_a_deterministic_kernel_is_named() {
    // After the wording of TensorFlow's sources; it has not been seen on a GPU.
    RuntimeException refused =
        new IllegalStateException(
            "A deterministic GPU implementation of fused batch-norm backprop, when training is"
                + " disabled, is not currently available.\n\t [[{{node gradients_norm}}]]");

    assertThat(Failures.of("TensorFlow failed at step 5", refused, true))
        .hasMessage(
            "TensorFlow failed at step 5: the operation gradients_norm has no deterministic kernel"
                + " on this GPU. Use another operation, or the processor: resources.kind = cpu."
                + " TensorFlow says: A deterministic GPU implementation of fused batch-norm"
                + " backprop, when training is disabled, is not currently available.")
        .hasCause(refused);
  }

  @Test
  void of_other_failures_the_first_line_is_said() {
    assertThat(
            Failures.of(
                "TensorFlow cannot run the graph", new IllegalStateException("no\nyes"), false))
        .hasMessage("TensorFlow cannot run the graph: no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "could not synchronize on CUDA context: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory"
            + " access was encountered",
        "failed to run cuBLAS routine: CUBLAS_STATUS_EXECUTION_FAILED",
        "cuDNN launch failure : CUDNN_STATUS_INTERNAL_ERROR",
        "GPU sync failed"
      })
  void what_a_lost_gpu_says_is_a_lost_device_on_a_gpu_only(String said) {
    RuntimeException failed = new IllegalStateException(said + "\n\t [[{{node loss}}]]");

    assertThat(Failures.of("TensorFlow failed at step 5", failed, true))
        .isInstanceOfSatisfying(
            SessionLostException.class,
            lost -> assertThat(lost.end()).isEqualTo(AttemptEnd.DEVICE_LOST))
        .hasMessageContaining("nvidia-smi")
        .hasMessageEndingWith("TensorFlow says: " + said);
    assertThat(Failures.of("TensorFlow failed at step 5", failed, false))
        .isExactlyInstanceOf(SessionException.class)
        .hasMessage("TensorFlow failed at step 5: " + said);
  }

  @Test
  void too_little_memory_of_a_gpu_is_no_lost_device() {
    RuntimeException failed = new IllegalStateException("CUDA_ERROR_OUT_OF_MEMORY: out of memory");

    assertThat(Failures.of("TensorFlow failed at step 5", failed, true))
        .isExactlyInstanceOf(SessionException.class);
  }
}
