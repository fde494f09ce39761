package io.saltus.app.imports;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The series of one run, gathered in memory and given in frames. */
final class GatheredSeries implements ForeignRun.Frames {

  /** How many values of one metric stand in a frame at most, however few metrics there are. */
  private static final int LONGEST_COLUMN = 4096;

  /** The same however many there are. */
  private static final int SHORTEST_COLUMN = 64;

  /** And all of them together, in between. */
  private static final int LARGEST_FRAME = 1 << 17;

  private static final int MOST_METRICS = 10_000;

  private final Map<MetricName, SeriesDraft> series = new LinkedHashMap<>();
  private final Allowance allowance;

  GatheredSeries(Allowance allowance) {
    this.allowance = allowance;
  }

  /**
   * The series of a metric, for one more value of it.
   *
   * @throws Refusal when it is one metric too many
   */
  SeriesDraft of(MetricName metric, ColumnKind kind) {
    SeriesDraft known = series.get(metric);
    if (known != null) {
      return known;
    }
    if (series.size() == MOST_METRICS) {
      throw Refusal.wrong(
          "a run in it has more than " + MOST_METRICS + " metrics",
          allowance.source(),
          "Import it in parts.");
    }
    SeriesDraft fresh = new SeriesDraft(metric, kind, allowance);
    series.put(metric, fresh);
    return fresh;
  }

  /**
   * Takes a series that nobody named, where there are values, room, and none of its name.
   *
   * @return whether it was taken
   */
  boolean offer(SeriesDraft unnamed) {
    return unnamed.size() > 0
        && series.size() < MOST_METRICS
        && series.putIfAbsent(unnamed.name(), unnamed) == null;
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  /** Brings all into order; how many values were overwritten by later ones. */
  long finish() {
    long repeated = 0;
    for (SeriesDraft each : series.values()) {
      each.finish();
      repeated += each.repeated();
    }
    return repeated;
  }

  private Catalogue catalogue() {
    return new Catalogue(
        series.values().stream()
            .map(
                each ->
                    new MetricDescriptor(
                        each.name(),
                        "",
                        each.kind(),
                        1,
                        "",
                        "as imported",
                        !each.name().isTiming(),
                        false))
            .toList());
  }

  @Override
  public void pour(FrameSink into) {
    into.start(catalogue());
    List<SeriesDraft> all = List.copyOf(series.values());
    int[] next = new int[all.size()];
    int longest =
        Math.max(
            SHORTEST_COLUMN, Math.min(LONGEST_COLUMN, LARGEST_FRAME / Math.max(1, all.size())));
    long from = first(all, next);
    while (from != Long.MAX_VALUE) {
      long until = last(all, next, longest);
      into.add(frame(all, next, from, until));
      from = first(all, next) == Long.MAX_VALUE ? Long.MAX_VALUE : until + 1;
    }
  }

  private static long first(List<SeriesDraft> all, int[] next) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < next.length; i++) {
      if (next[i] < all.get(i).size()) {
        first = Math.min(first, all.get(i).step(next[i]));
      }
    }
    return first;
  }

  /** The last step up to which no column is too long. */
  private static long last(List<SeriesDraft> all, int[] next, int longest) {
    long last = Long.MAX_VALUE;
    long latest = 0;
    for (int i = 0; i < next.length; i++) {
      SeriesDraft each = all.get(i);
      if (each.size() - next[i] > longest) {
        last = Math.min(last, each.step(next[i] + longest - 1));
      } else if (each.size() > next[i]) {
        latest = Math.max(latest, each.step(each.size() - 1));
      }
    }
    return last == Long.MAX_VALUE ? latest : last;
  }

  private static MetricFrame frame(List<SeriesDraft> all, int[] next, long from, long until) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < next.length; i++) {
      SeriesDraft each = all.get(i);
      int end = next[i];
      while (end < each.size() && each.step(end) <= until) {
        end++;
      }
      if (end > next[i]) {
        columns.add(each.column(next[i], end));
        next[i] = end;
      }
    }
    return new MetricFrame(from, until, columns);
  }
}
