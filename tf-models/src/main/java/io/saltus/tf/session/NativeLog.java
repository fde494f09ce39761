package io.saltus.tf.session;

/**
 * What TensorFlow's native code prints to the error stream by itself. Its first session of a
 * process says two lines about an optimiser that is not enabled, through a copy of Abseil's log
 * inside the library that no variable and no exported function reaches; so that first session is
 * run with the stream turned away.
 */
final class NativeLog {

  private static final int ERROR_STREAM = 2;
  private static final int WRITE_ONLY = 1;

  private final CLibrary library;

  NativeLog(CLibrary library) {
    this.library = library;
  }

  /** Runs {@code work} while what the process writes to its error stream goes nowhere. */
  void silence(Runnable work) {
    int kept = library.dup(ERROR_STREAM);
    int nowhere = library.open("/dev/null", WRITE_ONLY);
    if (kept < 0 || nowhere < 0) {
      work.run();
      return;
    }
    library.dup2(nowhere, ERROR_STREAM);
    library.close(nowhere);
    try {
      work.run();
    } finally {
      library.dup2(kept, ERROR_STREAM);
      library.close(kept);
    }
  }
}
