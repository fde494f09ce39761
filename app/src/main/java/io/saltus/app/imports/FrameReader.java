package io.saltus.app.imports;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.ArtefactColumn;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.HistogramColumn;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.metric.VectorColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Frames and catalogues out of the JSON that events are written in. */
final class FrameReader {

  private static final int LONGEST_WORDS = 200;
  private static final int MOST_METRICS = 10_000;

  private FrameReader() {}

  static MetricFrame frame(JsonLine json) {
    List<Column> columns = new ArrayList<>();
    for (JsonLine column : json.objects("columns")) {
      columns.add(checked(column, () -> column(column)));
    }
    return checked(json, () -> new MetricFrame(json.whole("from"), json.whole("until"), columns));
  }

  static Catalogue catalogue(JsonLine json) {
    List<MetricDescriptor> metrics = new ArrayList<>();
    if (json.list("metrics").size() > MOST_METRICS) {
      throw json.wrong("there are more than " + MOST_METRICS + " metrics");
    }
    for (JsonLine metric : json.objects("metrics")) {
      metrics.add(
          checked(
              metric,
              () ->
                  new MetricDescriptor(
                      new MetricName(metric.text("name")),
                      metric.text("split", LONGEST_WORDS),
                      kind(metric),
                      Math.toIntExact(metric.whole("width")),
                      metric.text("unit", LONGEST_WORDS),
                      metric.text("cadence", LONGEST_WORDS),
                      metric.text("deterministic").equals("true"),
                      metric.text("afterUpdate").equals("true"))));
    }
    return checked(json, () -> new Catalogue(metrics));
  }

  private static ColumnKind kind(JsonLine json) {
    return ColumnKind.valueOf(json.text("kind").toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Column column(JsonLine json) {
    MetricName name = new MetricName(json.text("metric"));
    Steps steps =
        Steps.of(
            json.texts("steps").stream().mapToLong(step -> json.whole(step, "steps")).toArray());
    List<?> values = json.list("values");
    return switch (kind(json)) {
      case F32 -> new F32Column(name, steps, floats(json.texts(values, "values")));
      case F64 -> new F64Column(name, steps, doubles(json.texts(values, "values")));
      case I64 -> new I64Column(name, steps, longs(json, json.texts(values, "values")));
      case VECTOR -> {
        List<String> all = flat(json, values);
        yield new VectorColumn(name, steps, all.size() / Math.max(1, steps.size()), floats(all));
      }
      case HISTOGRAM ->
          new HistogramColumn(
              name, steps, doubles(json.texts("edges")), longs(json, flat(json, values)));
      case ARTEFACT ->
          new ArtefactColumn(
              name, steps, json.texts(values, "values").stream().map(Sha256::new).toList());
    };
  }

  private static List<String> flat(JsonLine json, List<?> rows) {
    List<String> all = new ArrayList<>();
    for (Object row : rows) {
      if (!(row instanceof List<?> list)) {
        throw json.wrong("'values' holds something that is no array");
      }
      all.addAll(json.texts(list, "values"));
    }
    return all;
  }

  private static float[] floats(List<String> texts) {
    float[] values = new float[texts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(texts.get(i));
    }
    return values;
  }

  private static double[] doubles(List<String> texts) {
    double[] values = new double[texts.size()];
    Arrays.setAll(values, place -> Double.parseDouble(texts.get(place)));
    return values;
  }

  private static long[] longs(JsonLine json, List<String> texts) {
    return texts.stream().mapToLong(text -> json.whole(text, "values")).toArray();
  }

  /** What our own classes refuse is wrong with the line. */
  private static <T> T checked(JsonLine json, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw json.wrong(String.valueOf(e.getMessage()));
    }
  }
}
