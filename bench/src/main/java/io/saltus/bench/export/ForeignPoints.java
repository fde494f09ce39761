package io.saltus.bench.export;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.ImportedRunWriter;
import io.saltus.persistence.runs.KeptDigests;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Runs of some metrics with a value at every step. */
public final class ForeignPoints {

  private static final int FRAME = 1000;

  private ForeignPoints() {}

  /** What is recorded. */
  @FunctionalInterface
  public interface Course {

    /** The value of a metric at a step. */
    float at(SplittableRandom random, int metric, long step);
  }

  /** Writes one, {@code metric-0} and so on, at steps from 0. */
  public static void write(RocksStore store, RunId run, int metrics, long steps, Course course) {
    List<MetricName> names =
        IntStream.range(0, metrics).mapToObj(i -> new MetricName("metric-" + i)).toList();
    ImportedRunWriter writer =
        ImportedRunWriter.begin(
            store,
            Clock.systemUTC(),
            new RunImported(
                run,
                "bench",
                ImportOrigin.EXTERNAL,
                new TreeMap<>(),
                Optional.empty(),
                new CodeProvenance("bench", Optional.empty(), false, Optional.empty())),
            Optional.empty());
    writer.start(
        new Catalogue(
            names.stream()
                .map(
                    name ->
                        new MetricDescriptor(
                            name, "", ColumnKind.F32, 1, "", "every step", true, false))
                .toList()));
    SplittableRandom random = new SplittableRandom(1);
    for (long from = 0; from < steps; from += FRAME) {
      Steps part = Steps.of(LongStream.range(from, from + FRAME).toArray());
      List<Column> columns = new ArrayList<>();
      for (int metric = 0; metric < metrics; metric++) {
        float[] values = new float[FRAME];
        for (int i = 0; i < FRAME; i++) {
          values[i] = course.at(random, metric, from + i);
        }
        columns.add(new F32Column(names.get(metric), part, values));
      }
      writer.add(new MetricFrame(from, from + FRAME - 1, columns));
    }
    writer.end(AttemptEnd.COMPLETED, "");
    // As an import does, and whoever brings a run to its end.
    KeptDigests.keep(store, run, Clock.systemUTC().instant()).join();
  }
}
