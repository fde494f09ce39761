package io.saltus.app.imports;

import io.saltus.app.json.Utf8;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.persistence.tensorboard.EventFileReader;
import io.saltus.persistence.tensorboard.ScalarValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the event files of one run hold, gathered. */
final class TensorBoardRun implements EventFileReader.Listener {

  private static final int LONGEST_TEXT = 1000;

  /** Beyond it doubles leave steps out, and so do most other programs. */
  private static final long LAST_STEP = 1L << 53;

  private final ForeignNames names = new ForeignNames();
  private final GatheredSeries series;
  private final WallTimes times;
  private final SortedMap<String, String> parameters = new TreeMap<>();
  private final Set<String> renamed = new LinkedHashSet<>();
  private final int mostParameters;
  private long negative;
  private long beyond;
  private long others;
  private long longRecords;

  TensorBoardRun(Allowance allowance, int mostParameters) {
    this.series = new GatheredSeries(allowance);
    this.times = new WallTimes(allowance);
    this.mostParameters = mostParameters;
  }

  /** Reads a file as far as it is whole; what is wrong with the rest. */
  Optional<String> read(Path file) throws IOException {
    EventFileReader.Extent extent = new EventFileReader(file).read(this);
    return extent
        .damage()
        .map(
            damage ->
                "%s after %d records; what comes behind them is left out"
                    .formatted(damage, extent.records()));
  }

  @Override
  public void event(double wallTime) {
    times.event(wallTime);
  }

  @Override
  public void scalar(String tag, long step, ScalarValue value) {
    if (step < 0) {
      negative++;
      return;
    }
    if (step > LAST_STEP) {
      beyond++;
      return;
    }
    times.step(step);
    var name = names.metric(tag);
    if (!name.value().equals(tag.replace('/', '.'))) {
      renamed.add("'" + tag + "' is called " + name);
    }
    if (value instanceof ScalarValue.Single single) {
      series.of(name, ColumnKind.F32).add(step, single.value());
    } else if (value instanceof ScalarValue.Real real) {
      series.of(name, ColumnKind.F64).add(step, real.value());
    } else if (value instanceof ScalarValue.Whole whole) {
      series.of(name, ColumnKind.I64).add(step, whole.value());
    }
  }

  @Override
  public void parameter(String name, String text) {
    if (parameters.size() < mostParameters && !name.isBlank() && name.length() <= LONGEST_TEXT) {
      parameters.put(name, Utf8.cut(text, LONGEST_TEXT));
    }
  }

  @Override
  public void other(String what) {
    others++;
  }

  @Override
  public void longRecord() {
    longRecords++;
  }

  GatheredSeries series() {
    return series;
  }

  SortedMap<String, String> parameters() {
    return parameters;
  }

  /** Everything that was not taken as it stands; the series are complete by then. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>(renamed);
    if (series.offer(times.seconds()) && times.back() > 0) {
      remarks.add(times.back() + " steps have no time: the clock went back before them");
    }
    long repeated = series.finish();
    if (repeated > 0) {
      remarks.add(repeated + " values were left out: their step comes again later");
    }
    if (negative > 0) {
      remarks.add(negative + " values at negative steps were left out");
    }
    if (beyond > 0) {
      remarks.add(beyond + " values at steps beyond 2^53 were left out");
    }
    if (others > 0) {
      remarks.add(others + " entries were left out: they are no scalars");
    }
    if (longRecords > 0) {
      remarks.add(longRecords + " records of more than 4 MiB were left out");
    }
    return remarks;
  }
}
