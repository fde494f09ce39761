package io.saltus.app.json;

import io.saltus.experiment.metric.ArtefactColumn;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.VectorColumn;

/** A column as JSON: its metric, its kind, its steps, and a value for each of them. */
final class ColumnJson {

  private ColumnJson() {}

  static void fill(Json json, Column column) {
    json.put("metric", column.name().value());
    json.put("kind", SpecJson.word(column.kind()));
    if (column instanceof HistogramColumn histogram) {
      json.array("edges", edges -> doubles(edges, histogram.edges()));
    }
    json.array("steps", steps -> longs(steps, column.steps().toArray()));
    json.array(
        "values",
        values -> {
          for (int place = 0; place < column.size(); place++) {
            value(values, column, place);
          }
        });
  }

  /** The value at a place, in its own kind. */
  static void value(Json json, Column column, int place) {
    if (column instanceof F32Column singles) {
      json.value(singles.value(place));
    } else if (column instanceof F64Column doubles) {
      json.value(doubles.value(place));
    } else if (column instanceof I64Column longs) {
      json.value(longs.value(place));
    } else if (column instanceof VectorColumn vectors) {
      json.array(array -> floats(array, vectors.vector(place)));
    } else if (column instanceof HistogramColumn histograms) {
      json.array(array -> longs(array, histograms.counts(place)));
    } else if (column instanceof ArtefactColumn artefacts) {
      json.value(artefacts.artefacts().get(place).hex());
    } else {
      throw new IllegalArgumentException("unknown kind of column " + column.kind());
    }
  }

  static void longs(Json json, long[] values) {
    for (long value : values) {
      json.value(value);
    }
  }

  static void doubles(Json json, double[] values) {
    for (double value : values) {
      json.value(value);
    }
  }

  private static void floats(Json json, float[] values) {
    for (float value : values) {
      json.value(value);
    }
  }
}
