package io.saltus.tf.session;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.spec.Numerics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.ConfigProto;

/** The fingerprint of the environment that a session computes in. */
final class Fingerprints {

  /** Variables by which kernels are chosen or work is divided. */
  private static final List<String> KERNEL_PREFIXES =
      List.of("TF_", "ONEDNN_", "DNNL_", "OMP_", "XLA_", "CUDA_", "CUBLAS_", "NVIDIA_");

  /** Of these, the ones that change no bits: logging, which device, and Terraform's. */
  private static final List<String> HARMLESS_PREFIXES =
      List.of("TF_CPP_", "TF_CLI_", "TF_VAR_", "TF_LOG", "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE");

  private static final String GLIBC_TUNABLES = "GLIBC_TUNABLES";

  private Fingerprints() {}

  /** Taken when a session is opened; the natives must have been loaded. */
  static Fingerprint take(Numerics numerics, ConfigProto config, Graph graph) {
    SortedMap<String, String> numeric = new TreeMap<>();
    numeric.put("platform", "linux-x86_64");
    numeric.put("natives", NativesDigest.ofProcess().hex());
    numeric.put("threads", Integer.toString(numerics.threads()));
    numeric.put("isa", numerics.isa().name().toLowerCase(Locale.ROOT));
    numeric.put("glibc", glibc());
    numeric.put("graph", GraphDigest.of(graph, config).hex());
    numeric.put("canary", KernelCanary.sing(config).hex());
    Cpu cpu = Cpu.read();
    numeric.put("cpu.vendor", cpu.vendor());
    numeric.put("cpu.instructions", cpu.instructions());
    numeric.put("cpu.caches", cpu.caches());
    SortedMap<String, String> environment = NativeEnvironment.ofProcess().variables();
    variables(environment, numeric);
    numeric.putAll(GpuFingerprint.ofProcess(environment));

    SortedMap<String, String> informational = new TreeMap<>();
    informational.put("tensorflow", TensorFlow.version());
    informational.put("jdk", System.getProperty("java.runtime.version", "unknown"));
    informational.put("cpu.model", cpu.model());
    return new Fingerprint(numeric, informational);
  }

  private static void variables(SortedMap<String, String> all, SortedMap<String, String> into) {
    all.forEach(
        (name, value) -> {
          boolean changesKernels =
              name.equals(GLIBC_TUNABLES)
                  || (startsWithOne(name, KERNEL_PREFIXES)
                      && !startsWithOne(name, HARMLESS_PREFIXES));
          if (changesKernels) {
            into.put("env." + name, withoutPaths(value));
          }
        });
  }

  /** History names no place of this machine: a value with a path is compared by its digest. */
  private static String withoutPaths(String value) {
    return value.contains("/")
        ? "sha256:" + Sha256.of(value.getBytes(StandardCharsets.UTF_8)).hex()
        : value;
  }

  private static boolean startsWithOne(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  private static String glibc() {
    try {
      return CLibrary.load().gnu_get_libc_version();
    } catch (UnsatisfiedLinkError otherLibrary) {
      return "none";
    }
  }
}
