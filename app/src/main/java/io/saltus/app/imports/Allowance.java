package io.saltus.app.imports;

import io.saltus.app.problem.Refusal;

/** How many values may still be gathered, for all runs of an import together. */
final class Allowance {

  /** A step and a value, in arrays that double. */
  private static final long BYTES_OF_A_VALUE = 4L * Long.BYTES;

  private final String source;
  private long left;

  private Allowance(String source, long values) {
    this.source = source;
    this.left = values;
  }

  /**
   * Half of what this process may use.
   *
   * @param source what they come from, in messages
   */
  static Allowance ofHeap(String source) {
    return new Allowance(source, Runtime.getRuntime().maxMemory() / 2 / BYTES_OF_A_VALUE);
  }

  /**
   * One value.
   *
   * @throws Refusal when that is one too many
   */
  void take() {
    if (--left < 0) {
      throw Refusal.wrong(
          "there are more values in it than fit into memory", source, "Import it in parts.");
    }
  }
}
