package io.saltus.tf.session;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The few functions of the C library that Java has no counterpart for. */
interface CLibrary extends Library {

  /** Sets a variable of this process where native code will see it; 0 on success. */
  int setenv(String name, String value, int overwrite);

  /** The version of glibc; other C libraries have no such function. */
  @SuppressWarnings("checkstyle:MethodName")
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
