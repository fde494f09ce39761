package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.codec.RunStateCodec;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.projection.RunError;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.SnapshotRange;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were computed elsewhere, in the journal and as everything that is folded from it. */
class ImportedRunTest {

  private static final RunId RUN = new RunId("imported");
  private static final MetricName LOSS = new MetricName("loss");

  @TempDir private Path directory;
  private RocksStore store;

  @BeforeEach
  void open() {
    store = RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RunImported imported() {
    return new RunImported(
        RUN,
        "log",
        ImportOrigin.CSV,
        new TreeMap<>(Map.of("lr", "0.1")),
        Optional.of(Sha256.of("source".getBytes(StandardCharsets.UTF_8))),
        new CodeProvenance("test", Optional.empty(), false, Optional.empty()));
  }

  private static Catalogue catalogue() {
    return new Catalogue(
        List.of(new MetricDescriptor(LOSS, "", ColumnKind.F64, 1, "", "", true, false)));
  }

  private static MetricFrame frame(long from, long until) {
    return new MetricFrame(
        from, until, List.of(new F64Column(LOSS, Steps.of(from, until), new double[] {1, 2})));
  }

  private ImportedRunWriter begun() {
    ImportedRunWriter writer =
        ImportedRunWriter.begin(store, Clock.systemUTC(), imported(), Optional.empty());
    writer.start(catalogue());
    return writer;
  }

  private <T> T reading(Function<RunReader, T> read) {
    try (JournalReader journal = store.reader()) {
      return read.apply(new RunReader(journal));
    }
  }

  @Test
  void it_is_imported_from_its_first_event_to_its_last() {
    ImportedRunWriter writer = begun();
    writer.add(frame(3, 7));
    writer.flush();
    RunState open = reading(runs -> runs.state(RUN));
    assertThat(open.status()).isEqualTo(RunStatus.IMPORTED);
    assertThat(open.latestAttempt().orElseThrow().end()).isEmpty();
    writer.add(frame(8, 10));
    writer.end(AttemptEnd.COMPLETED, "");
    RunState state = reading(runs -> runs.state(RUN));
    assertThat(state.status()).isEqualTo(RunStatus.IMPORTED);
    assertThat(state.step()).isEqualTo(10);
    assertThat(state.steps()).isEqualTo(10);
    assertThat(state.imported()).contains(imported());
    assertThat(state.parameters()).isEqualTo(Map.of("lr", "0.1"));
    assertThat(state.exactness().exact()).isEmpty();
    assertThat(state.recorded().metrics().get(LOSS).count()).isEqualTo(4);
  }

  @Test
  void lists_and_snapshots_hold_it() {
    ImportedRunWriter writer = begun();
    writer.add(frame(0, 1));
    writer.end(AttemptEnd.COMPLETED, "");
    RunState state = reading(runs -> runs.state(RUN));
    assertThat(
            RunStateCodec.decode(
                RunStateCodec.MANIFEST, ByteBuffer.wrap(RunStateCodec.encode(state))))
        .isEqualTo(state);
    List<RunSummary> all = reading(runs -> runs.summaries().runs());
    assertThat(all).hasSize(1);
    assertThat(all.get(0).status()).isEqualTo(RunStatus.IMPORTED);
    assertThat(all.get(0).experiment()).isEqualTo("log");
    KeptDigests.keep(store, RUN, Clock.systemUTC().instant()).join();
    assertThat(reading(runs -> runs.state(RUN)).seriesDigest())
        .contains(reading(runs -> runs.computeDigest(RUN)));
  }

  @Test
  void frames_may_come_in_parts_over_several_processes() {
    ImportedRunWriter first = begun();
    first.add(frame(0, 1));
    first.end(AttemptEnd.COMPLETED, "");
    ImportedRunWriter second =
        ImportedRunWriter.goOn(store, Clock.systemUTC(), reading(runs -> runs.state(RUN)));
    assertThat(second.step()).isEqualTo(1);
    second.start(catalogue());
    second.add(frame(2, 5));
    second.end(AttemptEnd.COMPLETED, "");
    RunState state = reading(runs -> runs.state(RUN));
    assertThat(state.attempts()).hasSize(2);
    assertThat(state.step()).isEqualTo(5);
    assertThat(state.status()).isEqualTo(RunStatus.IMPORTED);
  }

  @Test
  void steps_that_are_there_cannot_come_again() {
    ImportedRunWriter writer = begun();
    writer.add(frame(0, 4));
    MetricFrame again = frame(4, 5);
    assertThatThrownBy(() -> writer.add(again)).isInstanceOf(IllegalArgumentException.class);
    writer.end(AttemptEnd.COMPLETED, "");
    assertThatThrownBy(() -> writer.add(frame(9, 10))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void words_and_its_deletion_go_through_its_writer() {
    ImportedRunWriter writer = begun();
    writer.annotate(
        new RunAnnotated(
            new TreeMap<>(),
            List.of(),
            Optional.of("a note"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    writer.add(frame(0, 1));
    writer.flush();
    RunState state = reading(runs -> runs.state(RUN));
    assertThat(state.annotations().note()).contains("a note");
    assertThat(state.lastSequence()).isEqualTo(writer.sequence()).isEqualTo(4);
    assertThat(writer.isOpen()).isTrue();
    writer.delete();
    writer.flush();
    assertThatThrownBy(() -> reading(runs -> runs.state(RUN)))
        .isInstanceOf(RunNotFoundException.class);
  }

  @Test
  void what_ended_it_badly_is_its_error_until_it_goes_on() {
    ImportedRunWriter writer = begun();
    writer.end(AttemptEnd.EXCEPTION, "no more");
    RunState failed = reading(runs -> runs.state(RUN));
    assertThat(failed.error()).contains(new RunError(AttemptEnd.EXCEPTION, "no more", -1));
    assertThat(
            RunStateCodec.decode(
                RunStateCodec.MANIFEST, ByteBuffer.wrap(RunStateCodec.encode(failed))))
        .isEqualTo(failed);
    writer.start(catalogue());
    writer.flush();
    assertThat(reading(runs -> runs.state(RUN)).error()).isEmpty();
  }

  @Test
  void a_kept_state_takes_the_place_of_the_one_before() {
    ImportedRunWriter writer = begun();
    for (int step = 0; step < 8; step += 2) {
      writer.add(frame(step, step + 1));
      writer.flush();
      StateSnapshots.keep(store, RUN, Clock.systemUTC().instant()).join();
    }
    assertThat(store.countSnapshots("run|" + RUN, SnapshotRange.ALL)).isEqualTo(1);
    RunState state = reading(runs -> runs.state(RUN));
    assertThat(state).isEqualTo(reading(runs -> runs.stateUntilSequence(RUN, Long.MAX_VALUE)));
    assertThat(state.step()).isEqualTo(7);
  }

  @Test
  void a_stream_that_lost_its_name_is_known_by_its_first_event() {
    begun().end(AttemptEnd.COMPLETED, "");
    try (JournalReader journal = store.reader()) {
      assertThat(StreamNames.of(journal.events("run|imported", 1, 1).next()))
          .contains("run|imported");
    }
  }
}
