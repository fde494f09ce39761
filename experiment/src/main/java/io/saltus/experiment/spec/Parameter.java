package io.saltus.experiment.spec;

import java.util.List;

/**
 * A parameter of a component: its name, what it may be, and its default.
 *
 * @param name as written in a spec, such as {@code train-fraction}
 * @param allowed what it may be
 * @param fallback its default, left out of the spec digest
 */
public record Parameter(String name, Allowed allowed, SpecValue fallback) {

  /** The longest list of points. */
  public static final int MOST_POINTS = 1000;

  /** What a parameter may be. */
  public sealed interface Allowed {}

  /** One of these words. */
  public record OneOf(List<String> words) implements Allowed {
    /** Copies the words. */
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /** A whole number in [least, most]. */
  public record WholeIn(long least, long most) implements Allowed {}

  /**
   * A finite number between two bounds.
   *
   * @param least lower bound
   * @param leastIncluded whether it is allowed itself
   * @param most upper bound; may be infinite
   * @param mostIncluded whether it is allowed itself
   */
  public record RealIn(double least, boolean leastIncluded, double most, boolean mostIncluded)
      implements Allowed {}

  /** Yes or no. */
  public record YesNo() implements Allowed {}

  /**
   * A list of {@code [step, number]} with rising steps, at most {@value #MOST_POINTS}; it may be
   * empty.
   *
   * @param lastStep what a step may be at most; at least it is 1
   * @param values what a number may be
   */
  public record PointsIn(long lastStep, RealIn values) implements Allowed {}

  /**
   * A path of a file or directory of input. It says where to look, not what is computed: the digest
   * of the content takes its place in the journal, and the path is in no event and no digest.
   */
  public record InputPath() implements Allowed {}

  /** One of {@code words}, by default the first. */
  public static Parameter oneOf(String name, String... words) {
    return new Parameter(name, new OneOf(List.of(words)), new SpecValue.Text(words[0]));
  }

  /** A whole number in [least, most]. */
  public static Parameter whole(String name, long least, long most, long fallback) {
    return new Parameter(name, new WholeIn(least, most), new SpecValue.Whole(fallback));
  }

  /** A number in (0, 1). */
  public static Parameter fraction(String name, double fallback) {
    return new Parameter(name, new RealIn(0, false, 1, false), new SpecValue.Real(fallback));
  }

  /** A number in [0, 1). */
  public static Parameter decay(String name, double fallback) {
    return new Parameter(name, new RealIn(0, true, 1, false), new SpecValue.Real(fallback));
  }

  /** A number in (0, most]. */
  public static Parameter positive(String name, double most, double fallback) {
    return new Parameter(name, new RealIn(0, false, most, true), new SpecValue.Real(fallback));
  }

  /** A number in [0, most]. */
  public static Parameter notNegative(String name, double most, double fallback) {
    return new Parameter(name, new RealIn(0, true, most, true), new SpecValue.Real(fallback));
  }

  /** Yes or no. */
  public static Parameter yesNo(String name, boolean fallback) {
    return new Parameter(name, new YesNo(), new SpecValue.Flag(fallback));
  }

  /** Numbers in (0, most] by steps in [1, lastStep], by default none. */
  public static Parameter points(String name, long lastStep, double most) {
    return new Parameter(
        name,
        new PointsIn(lastStep, new RealIn(0, false, most, true)),
        new SpecValue.Points(List.of()));
  }

  /** A path of input, by default the empty text. */
  public static Parameter inputPath(String name) {
    return new Parameter(name, new InputPath(), new SpecValue.Text(""));
  }
}
