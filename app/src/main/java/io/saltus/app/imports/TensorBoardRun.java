package io.saltus.app.imports;

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

  private final ForeignNames names = new ForeignNames();
  private final GatheredSeries series;
  private final SortedMap<String, String> parameters = new TreeMap<>();
  private final Set<String> renamed = new LinkedHashSet<>();
  private final int mostParameters;
  private long negative;
  private long others;

  TensorBoardRun(Allowance allowance, int mostParameters) {
    this.series = new GatheredSeries(allowance);
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
  public void scalar(String tag, long step, ScalarValue value) {
    if (step < 0) {
      negative++;
      return;
    }
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
      parameters.put(name, text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT));
    }
  }

  @Override
  public void other(String what) {
    others++;
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
    long repeated = series.finish();
    if (repeated > 0) {
      remarks.add(repeated + " values were left out: their step comes again later");
    }
    if (negative > 0) {
      remarks.add(negative + " values at negative steps were left out");
    }
    if (others > 0) {
      remarks.add(others + " entries were left out: they are no scalars");
    }
    return remarks;
  }
}
