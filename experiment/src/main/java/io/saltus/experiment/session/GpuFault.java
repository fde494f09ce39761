package io.saltus.experiment.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What CUDA, its libraries, the driver or {@code nvidia-smi} say when a GPU is lost or fails: said
 * by the GPU, and so no proof against the computation. Not among them is what says that the program
 * does not fit the GPU, such as too little memory, which would be so on the next try as well.
 *
 * @param words in which it was said
 */
public record GpuFault(String words) {

  private static final Pattern SAID =
      Pattern.compile(
          String.join(
              "|",
              "CUDA_ERROR_(?!OUT_OF_MEMORY|INVALID_VALUE|INVALID_IMAGE|INVALID_PTX|INVALID_SOURCE"
                  + "|INVALID_HANDLE|NO_BINARY_FOR_GPU|UNSUPPORTED_PTX_VERSION"
                  + "|JIT_COMPILER_NOT_FOUND|JIT_COMPILATION_DISABLED|SHARED_OBJECT"
                  + "|FILE_NOT_FOUND|NOT_FOUND|NOT_SUPPORTED|NOT_PERMITTED"
                  + "|LAUNCH_OUT_OF_RESOURCES|LAUNCH_INCOMPATIBLE_TEXTURING)[A-Z_0-9]+",
              "CUDNN_STATUS_(INTERNAL_ERROR|EXECUTION_FAILED)\\w*",
              "CUBLAS_STATUS_(INTERNAL_ERROR|EXECUTION_FAILED|MAPPING_ERROR)",
              "CUSOLVER_STATUS_(INTERNAL_ERROR|EXECUTION_FAILED)",
              "GPU sync failed",
              "(?i:(failed to|could not) synchronize (on |the )?(CUDA|GPU|stream|context|activity|device)[^\\n:]*)",
              "(?i:\\bdevice (was |is |has been )?lost\\b)",
              "(?i:\\bGPU (is|was|has been) lost\\b)",
              "(?i:\\bGPU has fallen off the bus\\b)",
              "(?i:unable to determine the device handle for GPU)",
              "\\bXid\\b[^\\n]{0,80}"));

  /**
   * Looks for such words.
   *
   * @param said one message, or many lines of them
   * @return the first of them; empty where nothing says so
   */
  public static Optional<GpuFault> in(String said) {
    Matcher found = SAID.matcher(said);
    return found.find() ? Optional.of(new GpuFault(found.group())) : Optional.empty();
  }
}
