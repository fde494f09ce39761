package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.index.RunIndex;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIndexTest {

  private static final RunIndexKeeper.Limits NEVER =
      new RunIndexKeeper.Limits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1));
  private static final RunId A = new RunId("a");
  private static final RunId FORK = new RunId("fork");
  private static final RunId GONE = new RunId("gone");
  private static final RunId ODD = new RunId("odd");
  private static final RunId LATER = new RunId("later");

  @TempDir private Path directory;
  private final Map<RunId, Long> written = new HashMap<>();
  private Home home;
  private HomeLock lock;
  private RocksStore store;

  @BeforeEach
  void openHome() {
    home = Home.at(directory.resolve("home"));
    lock = home.lockForWriting("test");
    store = RocksStore.open(home.journal(), StoreOptions.defaults(), Clock.systemUTC());
    append(
        A,
        RunScript.submitted(A),
        RunScript.started(1, -1),
        RunScript.frame(1, 0, 40),
        RunScript.checkpoint(1, 40),
        new RunEvent.RunCompleted(40, Optional.empty()));
    append(GONE, RunScript.submitted(GONE), new RunEvent.RunDeleted());
    append(ODD, RunScript.submitted(ODD));
    append(ODD, "FromTheFuture", new byte[] {1});
    append(FORK, RunScript.forked(FORK, A, 30), RunScript.started(1, 30));
  }

  @AfterEach
  void closeHome() {
    store.close();
    lock.close();
  }

  @Test
  void what_it_says_is_what_the_journal_says_now_and_later() throws IOException {
    index();

    assertSame();
    append(A, new RunEvent.RunExtended(200));
    append(LATER, RunScript.submitted(LATER), RunScript.started(1, -1));
    append(FORK, RunScript.frame(1, 31, 50));
    assertSame();
    index();
    assertSame();
  }

  @Test
  void a_fork_is_read_again_when_its_parent_has_changed() throws IOException {
    index();

    append(A, RunScript.started(2, 10), new RunEvent.HistoryRewound(2, 10));
    append(A, RunScript.frame(2, 11, 40, 1f));

    assertSame();
  }

  @Test
  void it_is_used_where_it_belongs_to_the_journal() throws IOException {
    index();
    append(LATER, RunScript.submitted(LATER));

    KnownRuns known = known().orElseThrow();

    assertThat(known.unchanged()).extracting(RunSummary::run).containsExactly(A, GONE, FORK);
    // What could not be read then is looked at again.
    assertThat(known.changed()).containsExactly(LATER, ODD);
  }

  @Test
  void without_it_all_is_the_same() throws IOException {
    index();
    RunSummaries with = summaries();

    RunIndexFile.at(home.runIndex()).delete();

    assertThat(home.runIndex()).doesNotExist();
    assertThat(summaries().runs()).isEqualTo(with.runs()).hasSize(2);
    assertThat(home.runIndex()).doesNotExist();
  }

  @Test
  void one_that_was_cut_off_or_changed_anywhere_is_passed_over() throws IOException {
    index();
    byte[] whole = Files.readAllBytes(home.runIndex());
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(home.runIndex(), Arrays.copyOf(whole, length));
      assertThat(known()).as("%d bytes of it", length).isEmpty();
    }
    for (int place = 0; place < whole.length; place += 7) {
      byte[] flipped = whole.clone();
      flipped[place] ^= 4;
      Files.write(home.runIndex(), flipped);
      assertThat(known()).as("a bit of byte %d", place).isEmpty();
    }
    assertSame();

    index();
    assertThat(known()).isPresent();
  }

  @Test
  void one_of_another_journal_is_passed_over() throws IOException {
    Path copied = directory.resolve("copied");
    Path another = directory.resolve("another");
    index();
    Files.copy(home.runIndex(), copied);
    try (RocksStore other = RocksStore.open(another, StoreOptions.defaults(), Clock.systemUTC())) {
      for (int i = 1; i < 40; i++) {
        other
            .append("run|x" + i, List.of(event(1, RunScript.submitted(new RunId("x" + i)))))
            .join();
      }
      try (JournalReader journal = other.reader()) {
        assertThat(KnownRuns.of(journal, RunIndexFile.at(copied))).isEmpty();
        assertThat(new RunReader(journal, RunIndexFile.at(copied)).summaries())
            .isEqualTo(new RunReader(journal).summaries());
      }
    }
  }

  @Test
  void one_of_a_copy_that_went_another_way_is_passed_over() throws IOException {
    store.close();
    Path journal = directory.resolve("copy");
    Files.createDirectories(journal);
    try (var files = Files.list(home.journal())) {
      for (Path file : files.toList()) {
        Files.copy(file, journal.resolve(file.getFileName()));
      }
    }
    reopen();
    append(LATER, RunScript.submitted(LATER));
    index();
    try (RocksStore copy = RocksStore.open(journal, StoreOptions.defaults(), Clock.systemUTC())) {
      RunId other = new RunId("other");
      copy.append("run|other", List.of(event(1, RunScript.submitted(other)))).join();
      copy.append("run|more", List.of(event(1, RunScript.submitted(new RunId("more"))))).join();
      try (JournalReader reader = copy.reader()) {
        assertThat(KnownRuns.of(reader, RunIndexFile.at(home.runIndex()))).isEmpty();
      }
    }
    assertThat(known()).isPresent();
  }

  @Test
  void names_mean_the_same_with_it() throws IOException {
    index();
    append(LATER, RunScript.submitted(LATER));
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      RunReader with = new RunReader(journal, RunIndexFile.at(home.runIndex()));

      assertThat(with.resolve("@last")).isEqualTo(LATER);
      assertThat(with.resolve("fo")).isEqualTo(FORK);
      assertThat(with.resolve("a")).isEqualTo(A);
      assertThat(with.exists(GONE)).isFalse();
    }
  }

  @Test
  void a_small_home_gets_none_and_a_large_one_gets_it_at_the_end() throws IOException {
    RunIndexKeeper.start(lock, store, NEVER).close();
    assertThat(home.runIndex()).doesNotExist();

    long streams = store.streams();
    RunIndexKeeper.start(lock, store, new RunIndexKeeper.Limits(streams, 1, Duration.ofDays(1)))
        .close();

    assertThat(known()).isPresent();
    assertSame();
    assertThat(home.runIndex().resolveSibling("runs.index.tmp")).doesNotExist();
  }

  @Test
  void what_there_was_no_time_to_read_is_read_by_others() throws IOException {
    try (JournalReader journal = store.reader()) {
      RunCatalogue.Everything nothing = new RunReader(journal).catalogue().everything(() -> false);
      assertThat(nothing.runs()).isEmpty();
      assertThat(nothing.failures()).isEmpty();
      long offset = journal.durableOffset();
      RunIndexFile.at(home.runIndex())
          .write(
              new RunIndex(
                  journal.identity().orElseThrow(),
                  offset,
                  KnownRuns.proof(journal, offset).orElseThrow(),
                  nothing.runs(),
                  nothing.unread()));
    }

    assertThat(known().orElseThrow().changed()).containsExactly(A, FORK, GONE, ODD);
    assertSame();
  }

  private void reopen() {
    store = RocksStore.open(home.journal(), StoreOptions.defaults(), Clock.systemUTC());
  }

  private void index() throws IOException {
    try (RunIndexKeeper keeper = RunIndexKeeper.start(lock, store, NEVER)) {
      keeper.bringUpToDate();
    }
  }

  private Optional<KnownRuns> known() {
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      return KnownRuns.of(journal, RunIndexFile.at(home.runIndex()));
    }
  }

  private RunSummaries summaries() {
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      return new RunReader(journal, RunIndexFile.at(home.runIndex())).summaries();
    }
  }

  /** Read by another reader while this one writes, as by another process. */
  private void assertSame() {
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      RunSummaries without = new RunReader(journal).summaries();
      RunSummaries with = new RunReader(journal, RunIndexFile.at(home.runIndex())).summaries();
      assertThat(with.runs()).isEqualTo(without.runs());
      assertThat(with.unreadable())
          .extracting(RuntimeException::getMessage)
          .isEqualTo(without.unreadable().stream().map(RuntimeException::getMessage).toList())
          .hasSize(1);
    }
  }

  private void append(RunId run, RunEvent... events) {
    for (RunEvent event : events) {
      long sequence = written.merge(run, 1L, Long::sum);
      store.append("run|" + run, List.of(event(sequence, event))).join();
    }
  }

  private void append(RunId run, String manifest, byte[] bytes) {
    long sequence = written.merge(run, 1L, Long::sum);
    SerializedValue payload =
        new SerializedValue(RunEventSerializer.ID, manifest, Bytes.wrap(bytes));
    store.append("run|" + run, List.of(NewEvent.of(sequence, Instant.EPOCH, payload))).join();
  }

  private static NewEvent event(long sequence, RunEvent event) {
    EventCodec<RunEvent> codec = EventCodec.ofRuns();
    return NewEvent.of(
        sequence,
        Instant.EPOCH,
        new SerializedValue(
            RunEventSerializer.ID, codec.manifest(event), Bytes.wrap(codec.encode(event))));
  }
}
