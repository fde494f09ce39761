package io.saltus.app.doctor;

import io.saltus.app.problem.Refusal;

/** Whether there is native code for this machine. */
public final class Natives {

  static final String SUPPORTED = "linux-x86_64";

  private static final String TENSORFLOW =
      "org/tensorflow/internal/c_api/linux-x86_64/libjnitensorflow.so";
  private static final String TENSORFLOW_GPU =
      "org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";
  private static final String ROCKSDB = "librocksdbjni-linux64.so";

  private Natives() {}

  static Finding check(Machine machine) {
    if (!machine.platform().equals(SUPPORTED)) {
      return Finding.broken("natives", unsupported(machine), remedy());
    }
    if (!machine.resources().test(TENSORFLOW) && !machine.resources().test(TENSORFLOW_GPU)) {
      return Finding.broken("natives", "TensorFlow's library is missing", "Build again.");
    }
    if (!machine.resources().test(ROCKSDB)) {
      return Finding.broken("natives", "RocksDB's library is missing", "Build again.");
    }
    return Finding.fine("natives", "TensorFlow and RocksDB for " + SUPPORTED);
  }

  /**
   * Refuses machines for which there is no native code, before anything tries to load it.
   *
   * @throws Refusal on an unsupported platform
   */
  public static void require(Machine machine) {
    if (!machine.platform().equals(SUPPORTED)) {
      throw Refusal.failed(unsupported(machine), "", remedy());
    }
  }

  private static String unsupported(Machine machine) {
    return "there is no native code for " + machine.platform();
  }

  private static String remedy() {
    return "This version runs on " + SUPPORTED + " only: use such a machine or a container.";
  }
}
