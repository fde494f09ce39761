package io.saltus.bench.series;

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

/** A run of ten metrics with a value at each of a million steps, but for one at every twentieth. */
final class LongRun {

  static final RunId RUN = new RunId("long");
  static final long STEPS = 1_000_000;
  static final List<MetricName> METRICS =
      IntStream.range(0, 11).mapToObj(i -> new MetricName("metric-" + i)).toList();

  /** As many steps as a trainer journals at once, when a step takes three milliseconds. */
  private static final int FRAME = 40;

  private static final int SELDOM = 20;

  private LongRun() {}

  static void write(RocksStore store) {
    ImportedRunWriter writer =
        ImportedRunWriter.begin(
            store,
            Clock.systemUTC(),
            new RunImported(
                RUN,
                "bench",
                ImportOrigin.EXTERNAL,
                new TreeMap<>(),
                Optional.empty(),
                new CodeProvenance("bench", Optional.empty(), false, Optional.empty())),
            Optional.empty());
    writer.start(new Catalogue(METRICS.stream().map(LongRun::described).toList()));
    SplittableRandom random = new SplittableRandom(1);
    for (long from = 0; from < STEPS; from += FRAME) {
      writer.add(new MetricFrame(from, from + FRAME - 1, columns(from, random)));
    }
    writer.end(AttemptEnd.COMPLETED, "");
    // As an import does, and whoever brings a run to its end.
    KeptDigests.keep(store, RUN, Clock.systemUTC().instant()).join();
  }

  private static MetricDescriptor described(MetricName name) {
    return new MetricDescriptor(name, "", ColumnKind.F32, 1, "", "every step", true, false);
  }

  private static List<Column> columns(long from, SplittableRandom random) {
    List<Column> columns = new ArrayList<>();
    for (MetricName name : METRICS) {
      int every = name.equals(METRICS.get(METRICS.size() - 1)) ? SELDOM : 1;
      long[] steps =
          LongStream.range(from, from + FRAME).filter(step -> step % every == 0).toArray();
      float[] values = new float[steps.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble();
      }
      columns.add(new F32Column(name, Steps.of(steps), values));
    }
    return columns;
  }
}
