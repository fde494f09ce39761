package io.saltus.app.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.actors.RefusedException;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.ImportedRunWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OpenRunTest {

  private static final RunId RUN = new RunId("a");
  private static final MetricName LOSS = new MetricName("loss");
  private static final Clock CLOCK = Clock.systemUTC();

  private static MetricFrame frame(long step) {
    return new MetricFrame(
        step, step, List.of(new F64Column(LOSS, Steps.of(step), new double[] {0.5})));
  }

  @Test
  void a_run_ends_and_goes_on_a_thousand_times_and_no_more(@TempDir Path directory) {
    try (HomeLock lock = Home.at(directory).lockForWriting("test");
        RocksStore store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK)) {
      ImportedRunWriter writer =
          ImportedRunWriter.begin(
              store,
              CLOCK,
              new RunImported(
                  RUN,
                  "test",
                  ImportOrigin.EXTERNAL,
                  new TreeMap<>(),
                  Optional.empty(),
                  new CodeProvenance("test", Optional.empty(), false, Optional.empty())),
              Optional.empty());
      for (int attempt = 1; attempt <= 999; attempt++) {
        writer.start(new Catalogue(List.of(ExternalMetrics.metric(LOSS, ""))));
      }
      writer.end(AttemptEnd.COMPLETED, "");

      OpenRun open = OpenRun.of(store, CLOCK, RUN);
      assertThat(open.record(frame(0)).recorded()).isEqualTo(1);
      assertThat(open.record(frame(1)).recorded()).isEqualTo(1);
      open.end(AttemptEnd.COMPLETED, "");
      assertThatThrownBy(() -> open.record(frame(2)))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("gone on 1000 times")
          .hasMessageContaining("Begin another run");
      assertThat(open.record(frame(1)).recorded()).as("sent again").isZero();
      assertThat(open.end(AttemptEnd.COMPLETED, "").step()).isEqualTo(1);
    }
  }
}
