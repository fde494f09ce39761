package io.saltus.tf.session;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * What TensorFlow's native code prints to the error stream by itself. Part of it goes through
 * Abseil, which no variable of the environment quietens; the library exports its threshold.
 */
final class NativeLog {

  private static final String SET_THRESHOLD =
      "_ZN4absl12lts_2023080214SetMinLogLevelENS0_18LogSeverityAtLeastE";
  private static final String LIBRARY = "libtensorflow_framework.so.2";
  private static final int FATAL = 3;

  private NativeLog() {}

  /** Leaves only what precedes an abort. Does nothing where the threshold is not exported. */
  static void silence() {
    for (Map.Entry<String, String> library : Loader.getLoadedLibraries().entrySet()) {
      if (library.getValue().endsWith(LIBRARY)) {
        try {
          NativeLibrary.getInstance(library.getValue())
              .getFunction(SET_THRESHOLD)
              .invokeVoid(new Object[] {FATAL});
        } catch (UnsatisfiedLinkError notExported) {
          return;
        }
      }
    }
  }
}
