package io.saltus.experiment.spec;

/**
 * The limits of a spec. Files come from strangers: what a short text can make a reader do must be
 * bounded before the reader does it.
 */
final class SpecLimits {

  /** Of a spec with all that it includes. */
  static final int BYTES = 1 << 20;

  /** Of braces, brackets and dotted keys. */
  static final int DEPTH = 64;

  /** Values, objects and lists together. */
  static final int NODES = 10_000;

  /** Included files, each time it is included. */
  static final int INCLUDES = 64;

  /** Of <code>${…}</code> in all files: they are resolved recursively. */
  static final int SUBSTITUTIONS = 256;

  /** Characters of all values whose text holds a substitution, once it is put in. */
  static final long EXPANSION = 1 << 20;

  private SpecLimits() {}
}
