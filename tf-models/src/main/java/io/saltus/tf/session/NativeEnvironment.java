package io.saltus.tf.session;

import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.spec.Numerics;
import io.saltus.tf.device.Devices;
import io.saltus.tf.device.GpuEnvironment;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;

/**
 * What TensorFlow's native code finds when it loads. It reads its variables once, and the first
 * session sizes the pool of threads for the whole process: whoever asks for other numerics later
 * would silently get the first ones, so they are refused.
 */
final class NativeEnvironment {

  private static final String ONEDNN = "TF_ENABLE_ONEDNN_OPTS";
  private static final String ISA = "ONEDNN_MAX_CPU_ISA";
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";

  // Static because what it guards, the natives of this process, is.
  private static final NativeEnvironment PROCESS = new NativeEnvironment();

  private final SortedMap<String, String> variables = new TreeMap<>(System.getenv());
  private @Nullable Numerics loaded;
  private boolean silent;
  private boolean settled;

  private NativeEnvironment() {}

  /** The environment of this process. */
  static NativeEnvironment ofProcess() {
    return PROCESS;
  }

  /**
   * Loads the natives for these numerics, once; the pool of threads is not made yet.
   *
   * @throws SessionException when they were loaded for others, or there are none for this platform
   */
  synchronized void prepare(Numerics numerics) {
    if (numerics.equals(loaded)) {
      return;
    }
    if (loaded != null) {
      throw new SessionException(
          "numerics { "
              + text(numerics)
              + " } cannot be had: this process computes with { "
              + text(loaded)
              + " }, and TensorFlow cannot change that. Use a process of its own:"
              + " isolation = process, or another command.");
    }
    try {
      load(numerics);
    } catch (LinkageError unloadable) {
      throw unloadable(unloadable);
    }
    loaded = numerics;
  }

  /**
   * Loads the natives for these numerics and makes their pool of threads, once.
   *
   * @throws SessionException when they were loaded for others, or there are none for this platform
   */
  synchronized void settle(Numerics numerics) {
    prepare(numerics);
    if (settled) {
      return;
    }
    try {
      quietly(() -> firstSession(numerics));
    } catch (LinkageError unloadable) {
      throw unloadable(unloadable);
    }
    settled = true;
  }

  /** The variables as native code sees them. */
  synchronized SortedMap<String, String> variables() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(variables));
  }

  private void load(Numerics numerics) {
    CLibrary library = CLibrary.load();
    // Errors reach us as exceptions; what it would print besides belongs to nobody.
    silent = !variables.containsKey(LOG_LEVEL);
    set(library, LOG_LEVEL, variables.getOrDefault(LOG_LEVEL, "3"));
    // One kernel per operation instead of two sets of them; oneDNN's gave no speed here.
    set(library, ONEDNN, variables.getOrDefault(ONEDNN, "0"));
    if (GpuEnvironment.leased(variables).isEmpty() && Devices.hasGpuNatives()) {
      // Natives that could use a GPU would: whoever was not leased one sees none.
      set(library, VISIBLE, "-1");
    }
    if (numerics.isa() == Numerics.Isa.AVX2) {
      // Matrix products and convolutions come from oneDNN even so, and differ by this.
      set(library, ISA, "AVX2");
    }
    quietly(TensorFlow::version);
  }

  private void quietly(Runnable work) {
    if (silent) {
      new NativeLog(CLibrary.load()).silence(work);
    } else {
      work.run();
    }
  }

  private static SessionException unloadable(LinkageError failed) {
    return new SessionException(
        "TensorFlow cannot be loaded on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ": "
            + firstLine(failed)
            + ". Its natives are for Linux on x86-64 with glibc.",
        failed);
  }

  /** Makes the pool of threads. */
  private static void firstSession(Numerics numerics) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, false, SessionSettings.config(numerics))) {
      session.runner().fetch(Ops.create(graph).constant(0)).run().close();
    }
  }

  private void set(CLibrary library, String name, String value) {
    if (library.setenv(name, value, 1) != 0) {
      throw new SessionException("the variable " + name + " cannot be set to " + value);
    }
    variables.put(name, value);
  }

  private static String text(Numerics numerics) {
    return "threads = "
        + numerics.threads()
        + ", isa = "
        + numerics.isa().name().toLowerCase(Locale.ROOT);
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }
}
