package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SeriesDigestTest {

  private static final RunId RUN = new RunId("a");
  // Computed with another language from the description in docs/formats/digests.md.
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String THREE_METRICS =
      "7378ba3cd7b077ef221e993154ffab0ec9bc3e5536a99080f9885fad258e8325";

  private final ScriptedJournal journal = new ScriptedJournal();
  private final RunReader reader = new RunReader(journal);

  @Test
  void a_run_without_values_has_the_digest_of_nothing() {
    journal.append(RUN, RunScript.submitted(RUN));
    assertThat(reader.digest(RUN).hex()).isEqualTo(EMPTY);
  }

  @Test
  void the_test_vector_comes_out_whatever_fits_into_memory() {
    appendThreeMetrics();
    for (long pairs : new long[] {0, 1, 2, 3, 4, 5, 7, SeriesDigest.DEFAULT_PAIRS_IN_MEMORY}) {
      assertThat(reader.computeDigest(RUN, pairs).hex())
          .as("%d pairs", pairs)
          .isEqualTo(THREE_METRICS);
    }
  }

  @Test
  void the_documented_test_vectors_are_these() throws IOException {
    assertThat(Files.readString(Path.of("../docs/formats/digests.md")))
        .contains(EMPTY, THREE_METRICS);
  }

  @Test
  void the_digest_does_not_depend_on_how_steps_are_cut_into_frames() {
    RunId other = new RunId("b");
    journal.append(
        RUN, RunScript.submitted(RUN), RunScript.started(1, -1), RunScript.frame(1, 0, 99));
    journal.append(other, RunScript.submitted(other), RunScript.started(1, -1));
    for (long from = 0; from < 100; from += 10) {
      journal.append(other, RunScript.frame(1, from, from + 9));
    }
    assertThat(reader.digest(other)).isEqualTo(reader.digest(RUN));
  }

  private void appendThreeMetrics() {
    journal.append(
        RUN,
        RunScript.submitted(RUN),
        RunScript.started(1, -1),
        RunScript.recorded(
            1,
            0,
            0,
            new F64Column(RunScript.WALL, Steps.of(0), new double[] {12.5}),
            new F32Column(RunScript.ACCURACY, Steps.of(0), new float[] {-0.0f})),
        RunScript.recorded(
            1,
            1,
            2,
            new F32Column(new MetricName("train.loss"), Steps.of(1, 2), new float[] {2.5f, 0.1f}),
            new F32Column(RunScript.ACCURACY, Steps.of(2), new float[] {1}),
            new I64Column(new MetricName("examples"), Steps.of(1, 2), new long[] {512, 1024})),
        RunScript.recorded(
            1,
            3,
            3,
            new F32Column(
                new MetricName("train.loss"),
                Steps.of(3),
                new float[] {Float.intBitsToFloat(0x7fc00001)})));
  }
}
