package io.saltus.experiment.spec;

import io.saltus.experiment.ShortestDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** The value of a parameter, with one canonical text. */
public sealed interface SpecValue {

  /** The canonical text: what the digest reads and what a reader of HOCON takes back. */
  String canonical();

  /** A text. */
  record Text(String value) implements SpecValue {
    @Override
    public String canonical() {
      return value;
    }
  }

  /** A whole number. */
  record Whole(long value) implements SpecValue {
    @Override
    public String canonical() {
      return Long.toString(value);
    }
  }

  /** A finite number. */
  record Real(double value) implements SpecValue {
    @Override
    public String canonical() {
      return ShortestDecimal.of(value);
    }
  }

  /** Yes or no. */
  record Flag(boolean value) implements SpecValue {
    @Override
    public String canonical() {
      return Boolean.toString(value);
    }
  }

  /**
   * Numbers by the step from which on each holds.
   *
   * @param points in rising order of their steps; may be none
   */
  record Points(List<Point> points) implements SpecValue {

    /**
     * Copies the points.
     *
     * @throws IllegalArgumentException when the steps do not rise
     */
    public Points {
      points = List.copyOf(points);
      for (int i = 1; i < points.size(); i++) {
        if (points.get(i).step() <= points.get(i - 1).step()) {
          throw new IllegalArgumentException(
              "step " + points.get(i).step() + " does not follow " + points.get(i - 1).step());
        }
      }
    }

    @Override
    public String canonical() {
      return points.stream()
          .map(point -> "[" + point.step() + ", " + ShortestDecimal.of(point.value()) + "]")
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /**
   * A number and where it begins.
   *
   * @param step from which on it holds
   * @param value finite
   */
  record Point(long step, double value) {}
}
