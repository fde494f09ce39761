package io.saltus.experiment.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuFaultTest {

  // Written from memory of what TensorFlow, the CUDA libraries and the driver say: none was seen on
  // a
  // GPU or compared with their sources.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "could not synchronize on CUDA context: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory"
            + " access was encountered :: *** Begin stack trace ***",
        "failed to enqueue async memcpy from host to device: CUDA_ERROR_LAUNCH_FAILED: unspecified"
            + " launch failure; GPU dst: 0x7f2d; host src: 0x5f; size: 4=0x4",
        "failed to query event: CUDA_ERROR_ECC_UNCORRECTABLE: uncorrectable ECC error encountered",
        "failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
        "CUDA_ERROR_UNKNOWN: unknown error",
        "GPU sync failed",
        "Failed to synchronize GPU for autotuning.",
        "could not synchronize stream: something else",
        "cuDNN launch failure : CUDNN_STATUS_EXECUTION_FAILED",
        "failed to create cudnn handle: CUDNN_STATUS_INTERNAL_ERROR",
        "failed to run cuBLAS routine: CUBLAS_STATUS_EXECUTION_FAILED",
        "failed to create cublas handle: CUBLAS_STATUS_INTERNAL_ERROR",
        "INTERNAL: device lost",
        "Unable to determine the device handle for GPU 0000:65:00.0: GPU is lost.  Reboot the"
            + " system to recover this GPU",
        "NVRM: GPU at PCI:0000:65:00: GPU has fallen off the bus.",
        "NVRM: Xid (PCI:0000:65:00): 79, pid=4711, GPU has fallen off the bus."
      })
  void words_of_a_lost_or_failing_gpu_are_found(String said) {
    assertThat(GpuFault.in(said)).isPresent();
    assertThat(GpuFault.in("a line before\n" + said + "\nand one behind")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OOM when allocating tensor with shape[4096,4096] and type float on GPU:0",
        "failed to allocate 2.0G (2147483648 bytes) from device: CUDA_ERROR_OUT_OF_MEMORY: out of"
            + " memory",
        "CUDA_ERROR_NO_BINARY_FOR_GPU: no kernel image is available for execution on the device",
        "Failed to load in-memory CUBIN: CUDA_ERROR_INVALID_PTX: a PTX JIT compilation failed",
        "CUDNN_STATUS_NOT_SUPPORTED in cudnnConvolutionForward",
        "CUBLAS_STATUS_INVALID_VALUE",
        "Incompatible shapes: [97,128] vs. [97,64]",
        "A deterministic GPU implementation of fused batch-norm backprop is not currently available.",
        "Input is not invertible.",
        "lostXidle",
        "the loss of the device"
      })
  void what_would_be_so_on_the_next_try_as_well_is_not_among_them(String said) {
    assertThat(GpuFault.in(said)).isEmpty();
  }

  @Test
  void the_first_words_are_given() {
    assertThat(GpuFault.in("could not: CUDA_ERROR_UNKNOWN: unknown error\nGPU sync failed"))
        .contains(new GpuFault("CUDA_ERROR_UNKNOWN"));
  }
}
