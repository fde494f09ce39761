package io.saltus.app.imports;

import io.saltus.app.problem.Refusal;

/** How much memory may still be used to gather values, for all runs of an import together. */
final class Allowance {

  private final String source;
  private long left;

  /**
   * @param source what they come from, in messages
   * @param bytes how much that is
   */
  Allowance(String source, long bytes) {
    this.source = source;
    this.left = bytes;
  }

  /**
   * Half of what this process may use.
   *
   * @param source what they come from, in messages
   */
  static Allowance ofHeap(String source) {
    return new Allowance(source, Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * Memory that is about to be used.
   *
   * @throws Refusal when that is too much
   */
  void take(long bytes) {
    if (bytes > left) {
      throw Refusal.wrong(
          "there are more values in it than fit into memory", source, "Import it in parts.");
    }
    left -= bytes;
  }

  /** Memory that was taken and is used no more. */
  void giveBack(long bytes) {
    left += bytes;
  }

  /** What they come from, in messages. */
  String source() {
    return source;
  }
}
