package io.saltus.bench.judge.tcpd;

import io.saltus.analysis.change.ChangeDetection;
import io.saltus.analysis.change.ChangeModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A way to find change points in any series, without being told anything about it. */
@FunctionalInterface
interface Finder {

  /** Finds none. Not bad: position 0 counts as a change that it found. */
  Finder ZERO = values -> List.of();

  /**
   * The change points of a series.
   *
   * @param values at least one, all finite
   */
  List<Integer> find(double[] values);

  /** A model with its default penalty and least length. */
  static Finder usual(ChangeModel model) {
    return values -> {
      ChangeDetection detection = ChangeDetection.of(values, model, model.minLength());
      return detection.penalised(detection.defaultPenalty()).segmentation().changePoints();
    };
  }

  /** How well what it finds agrees with those who marked a series; missing values are left out. */
  default Agreement on(AnnotatedSeries series) {
    int[] places = new int[series.size()];
    double[] finite = new double[series.size()];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      if (Double.isFinite(series.values()[i])) {
        places[count] = i;
        finite[count++] = series.values()[i];
      }
    }
    List<Integer> positions = new ArrayList<>();
    find(Arrays.copyOf(finite, count)).forEach(found -> positions.add(places[found]));
    return Agreement.of(positions, series.annotations().values(), series.size());
  }
}
