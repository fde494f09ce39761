package io.saltus.experiment.spec;

/**
 * One thing that is wrong with a spec.
 *
 * @param path of the key, such as {@code task.modulus}; empty when it concerns the whole spec
 * @param what what is wrong and what is allowed, as a clause: {@code 0 is not a number from 2 to
 *     1000}
 * @param where file and line, or the flag it came from; empty when only the path is known
 */
public record SpecProblem(String path, String what, String where) {

  /** A problem whose place the reader fills in from the path. */
  public SpecProblem(String path, String what) {
    this(path, what, "");
  }
}
