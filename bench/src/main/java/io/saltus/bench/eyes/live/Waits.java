package io.saltus.bench.eyes.live;

import io.saltus.bench.eyes.page.Visitor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How long events waited from when they were durable until they, or newer ones of the same run,
 * were on the screen; milliseconds, in the order of the events.
 */
public final class Waits {

  private final double[] inOrder;
  private final double[] sorted;
  private final int back;

  private Waits(double[] inOrder, int back) {
    this.back = back;
    this.inOrder = inOrder;
    this.sorted = inOrder.clone();
    Arrays.sort(sorted);
  }

  /**
   * Holds what a page showed against what happened.
   *
   * @param shown of runs that were on the screen all the time
   * @throws IllegalStateException when nothing was shown
   */
  public static Waits of(Durable durable, List<Visitor.Shown> shown) {
    Map<String, List<Visitor.Shown>> byRun =
        shown.stream().collect(Collectors.groupingBy(Visitor.Shown::run));
    NavigableMap<Double, Double> waits = new TreeMap<>();
    int back = 0;
    for (Map.Entry<String, List<Visitor.Shown>> run : byRun.entrySet()) {
      List<Visitor.Shown> steps = run.getValue();
      for (int i = 1; i < steps.size(); i++) {
        if (steps.get(i).step() < steps.get(i - 1).step()) {
          back++;
          continue;
        }
        double seen = steps.get(i).millis();
        durable
            .of(run.getKey())
            .subMap(steps.get(i - 1).step(), false, steps.get(i).step(), true)
            .values()
            // Two events of the same moment count once, which changes nothing.
            .forEach(time -> waits.put(time, seen - time));
      }
    }
    if (waits.isEmpty()) {
      throw new IllegalStateException("the page showed nothing of what happened");
    }
    return new Waits(waits.values().stream().mapToDouble(Double::doubleValue).toArray(), back);
  }

  /** How often the page showed an earlier step than before. */
  public int back() {
    return back;
  }

  /** How many events. */
  public int count() {
    return inOrder.length;
  }

  /** What a share of them does not exceed. */
  public double quantile(double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /** The median over one of several equal parts of them, from 0. */
  public double medianOfPart(int part, int parts) {
    int from = inOrder.length * part / parts;
    int until = Math.max(from + 1, inOrder.length * (part + 1) / parts);
    double[] some = DoubleStream.of(inOrder).skip(from).limit(until - from).sorted().toArray();
    return some[some.length / 2];
  }
}
