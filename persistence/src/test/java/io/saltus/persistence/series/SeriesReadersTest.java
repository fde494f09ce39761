package io.saltus.persistence.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RunScript;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.SeriesIndexes.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers of a real journal, each with a view of its own, while run and index go on. */
@Timeout(120)
class SeriesReadersTest {

  private static final Limits LIMITS = new Limits(300, 2_000);
  private static final int FRAME = 100;

  @TempDir private Path directory;
  private RocksStore store;
  private SeriesIndexes indexes;
  private long sequence;
  private int attempt = 1;
  private long step = -1;

  @BeforeEach
  void openHome() {
    Home home = Home.at(directory);
    store = RocksStore.open(home.journal(), StoreOptions.defaults(), Clock.systemUTC());
    indexes = SeriesIndexes.of(home);
    append(RunScript.submitted(LongRun.RUN));
    append(RunScript.started(attempt, -1));
  }

  @AfterEach
  void closeHome() {
    store.close();
  }

  @Test
  void a_reader_that_stands_before_a_rewind_sees_what_was_before_it() throws IOException {
    record(30);
    bringUpToDate();
    record(10);
    try (JournalReader before = store.reader()) {
      record(1);
      rewind(2_049);
      record(20);
      bringUpToDate();

      check(before);
    }
    try (JournalReader now = store.reader()) {
      assertThat(check(now)).isTrue();
    }
  }

  @Test
  void readers_get_right_answers_while_all_goes_on() throws Exception {
    record(30);
    bringUpToDate();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              Random random = new Random(3);
              for (int i = 0; i < 60; i++) {
                record(1 + random.nextInt(12));
                if (i % 7 == 6) {
                  rewind((long) (random.nextDouble() * step));
                }
                try {
                  bringUpToDate();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });
    int served = 0;
    while (!writing.isDone()) {
      try (JournalReader reader = store.reader()) {
        served += check(reader) ? 1 : 0;
      }
    }
    writing.get();
    try (JournalReader reader = store.reader()) {
      assertThat(check(reader)).isTrue();
    }
    assertThat(served).isPositive();
  }

  private boolean check(JournalReader reader) {
    boolean served = false;
    List<Point> all = Contract.all(reader, LongRun.RUN, LongRun.LOSS, StepRange.ALL);
    long last = all.get(all.size() - 1).step();
    for (StepRange range : List.of(StepRange.ALL, new StepRange(last / 3, last * 2 / 3))) {
      Optional<List<ThinnedSeries>> answer =
          indexes.thinned(reader, LongRun.RUN, List.of(LongRun.LOSS), range, last, 100);
      if (answer.isPresent()) {
        served = true;
        List<Point> those =
            all.stream()
                .filter(point -> point.step() >= range.from() && point.step() <= range.until())
                .toList();
        Contract.check(answer.get().get(0), those, 100);
      }
    }
    return served;
  }

  private void bringUpToDate() throws IOException {
    try (JournalReader reader = store.reader()) {
      indexes.bringUpToDate(reader, LongRun.RUN, LIMITS, () -> true);
    }
  }

  private void rewind(long to) {
    attempt++;
    append(RunScript.started(attempt, to));
    append(new HistoryRewound(attempt, to));
    step = to;
  }

  private void record(int frames) {
    for (int frame = 0; frame < frames; frame++) {
      long[] steps = new long[FRAME];
      float[] values = new float[FRAME];
      for (int i = 0; i < FRAME; i++) {
        steps[i] = step + 1 + i;
        values[i] = (float) Math.sin(steps[i] * 0.37) + attempt;
      }
      append(
          RunScript.recorded(
              attempt,
              step + 1,
              step + FRAME,
              new F32Column(LongRun.LOSS, Steps.of(steps), values)));
      step += FRAME;
    }
  }

  private void append(RunEvent event) {
    EventCodec<RunEvent> codec = EventCodec.ofRuns();
    store
        .append(
            "run|" + LongRun.RUN,
            List.of(
                NewEvent.of(
                    ++sequence,
                    Instant.EPOCH,
                    new SerializedValue(
                        RunEventSerializer.ID,
                        codec.manifest(event),
                        Bytes.wrap(codec.encode(event))))))
        .join();
  }
}
