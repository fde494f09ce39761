package io.saltus.bench.judge.curves;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices of a curve. */
record Draw(SplittableRandom random) {

  double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  double pick(double... values) {
    return values[random.nextInt(values.length)];
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  Shape shape() {
    List<Shape> shapes = List.of(Shape.values());
    return shapes.get(random.nextInt(shapes.size()));
  }

  /** Of noise that is seldom much correlated. */
  double ar1() {
    return pick(0, 0, 0.5, 0.9);
  }

  /** Steps of evaluations: every one, every tenth, or a hundred in each decade. */
  double[] steps() {
    return switch (random.nextInt(3)) {
      case 0 -> every(1, random.nextInt(2_000, 8_000));
      case 1 -> every(10, random.nextInt(2_000, 5_000));
      default -> perDecade(100, uniform(4, 5));
    };
  }

  /** Step 0 and so many more. */
  static double[] every(int stride, int count) {
    double[] steps = new double[count + 1];
    for (int i = 0; i <= count; i++) {
      steps[i] = (double) stride * i;
    }
    return steps;
  }

  /** Step 0 and all whole steps nearest to an even grid of their logarithms. */
  static double[] perDecade(int count, double decades) {
    double[] steps = new double[(int) (count * decades) + 2];
    int used = 1;
    for (int i = 0; i <= count * decades; i++) {
      double step = Math.rint(Math.pow(10, (double) i / count));
      if (step > steps[used - 1]) {
        steps[used++] = step;
      }
    }
    return Arrays.copyOf(steps, used);
  }
}
