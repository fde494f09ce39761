package io.saltus.tf.session;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The few functions of the C library that Java has no counterpart for. */
interface CLibrary extends Library {

  /** Sets a variable of this process where native code will see it; 0 on success. */
  int setenv(String name, String value, int overwrite);

  /** A second descriptor of an open file; negative on failure. */
  int dup(int descriptor);

  /** Makes {@code to} a descriptor of the file that {@code from} is one of. */
  int dup2(int from, int to);

  /** Opens a file; negative on failure. */
  int open(String path, int flags);

  /** Closes a descriptor. */
  int close(int descriptor);

  /** The version of glibc; other C libraries have no such function. */
  String gnu_get_libc_version();

  /**
   * The C library of this process.
   *
   * @throws UnsatisfiedLinkError when the platform has none that is known
   */
  static CLibrary load() {
    return Native.load("c", CLibrary.class);
  }
}
