package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.experiment.event.AuditEvent.RunVerified;
import io.saltus.experiment.event.ProbeEvent;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.codec.Samples;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideStreamsTest {

  private static final RunId A = new RunId("a");
  private static final RunId B = new RunId("b");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path directory;
  private HomeLock lock;
  private RocksStore store;
  private BesideStreams beside;

  @BeforeEach
  void open() {
    lock = Home.at(directory.resolve("home")).lockForWriting("test");
    store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
    beside = new BesideStreams(store, CLOCK);
  }

  @AfterEach
  void close() {
    store.close();
    lock.close();
  }

  @Test
  void each_run_has_a_stream_of_each_kind() throws Exception {
    AuditEvent audit = sample("RunVerified");
    ProbeEvent probe = (ProbeEvent) Samples.allEvents().get("ProbeRecorded");
    append(A, audit);
    append(B, audit);
    beside.append(BesideStream.PROBE, A, probe).toCompletableFuture().get();
    AnalysisEvent analysis = (AnalysisEvent) Samples.allEvents().get("AnalysisCompleted");
    beside.append(BesideStream.ANALYSIS, B, analysis).toCompletableFuture().get();

    try (JournalReader journal = store.reader()) {
      RunReader runs = new RunReader(journal);
      assertThat(journal.persistenceIds())
          .containsExactly("analysis|b", "audit|a", "audit|b", "probe|a");
      assertThat(runs.beside(A, BesideStream.AUDIT).last())
          .contains(new BesideEvent<>(A, 1, 1, CLOCK.instant(), audit));
      assertThat(runs.beside(A, BesideStream.PROBE).last())
          .contains(new BesideEvent<>(A, 1, 3, CLOCK.instant(), probe));
      assertThat(runs.beside(B, BesideStream.ANALYSIS).last())
          .contains(new BesideEvent<>(B, 1, 4, CLOCK.instant(), analysis));
      assertThat(runs.beside(B, BesideStream.PROBE).last()).isEmpty();
      assertThat(runs.list().runs()).isEmpty();
    }
  }

  @Test
  void appends_from_many_threads_get_numbers_without_a_hole() throws Exception {
    long threads = 8;
    long each = 50;
    List<Long> numbers = new ArrayList<>();
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long thread = i;
      Thread appending =
          new Thread(
              () -> {
                List<CompletableFuture<Long>> appended = new ArrayList<>();
                for (int j = 0; j < each; j++) {
                  appended.add(
                      beside
                          .append(BesideStream.AUDIT, A, verified(thread * each + j))
                          .toCompletableFuture());
                }
                for (CompletableFuture<Long> done : appended) {
                  long number = done.join();
                  synchronized (numbers) {
                    numbers.add(number);
                  }
                }
              });
      started.add(appending);
      appending.start();
    }
    for (Thread thread : started) {
      thread.join();
    }

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, threads * each).boxed().toList());
    List<Long> steps = new ArrayList<>();
    try (JournalReader journal = RocksReaders.open(lock.home().journal())) {
      new RunReader(journal)
          .beside(A, BesideStream.AUDIT)
          .events(1, Long.MAX_VALUE)
          .forEachRemaining(event -> steps.add(((RunVerified) event.event()).fromStep()));
    }
    assertThat(steps)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, threads * each).boxed().toList());
  }

  @Test
  void numbers_go_on_after_a_restart() throws Exception {
    append(A, verified(1));
    store.close();
    store = RocksStore.open(lock.home().journal(), StoreOptions.defaults(), CLOCK);
    beside = new BesideStreams(store, CLOCK);

    assertThat(append(A, verified(2))).isEqualTo(2);
  }

  @Test
  void what_was_appended_is_followed_as_it_comes() throws Exception {
    append(A, verified(1));
    List<Long> seen = new ArrayList<>();
    try (JournalReader journal = store.reader()) {
      new RunReader(journal)
          .beside(A, BesideStream.AUDIT)
          .follow(
              1,
              event -> seen.add(event.sequence()),
              () -> seen.size() < 3,
              () -> beside.append(BesideStream.AUDIT, A, verified(2)).toCompletableFuture().join());
    }
    assertThat(seen).containsExactly(1L, 2L, 3L);
  }

  @Test
  void an_event_that_could_not_be_read_back_is_not_written() {
    assertThatThrownBy(() -> beside.append(BesideStream.AUDIT, A, verified(-1)))
        .isInstanceOf(CodecException.class)
        .hasMessage("RunVerified.from_step is -1, not at least 0");
    assertThat(store.durableOffset()).isZero();
  }

  @Test
  void a_closed_journal_says_so() {
    store.close();
    assertThatThrownBy(() -> append(A, verified(1))).hasRootCauseMessage("the journal is closed");
  }

  private long append(RunId run, AuditEvent event) throws Exception {
    return beside.append(BesideStream.AUDIT, run, event).toCompletableFuture().get();
  }

  private static AuditEvent sample(String name) {
    return (AuditEvent) Samples.allEvents().get(name);
  }

  private static RunVerified verified(long from) {
    return new RunVerified(
        from, 1_000, true, 1, 1, 1, Optional.empty(), Samples.fingerprint(), Samples.code());
  }
}
