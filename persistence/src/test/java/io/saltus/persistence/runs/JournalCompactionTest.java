package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.Steps;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.codec.Samples;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.Child;
import io.saltus.persistence.rocks.JournalCheck;
import io.saltus.persistence.rocks.JournalCopy;
import io.saltus.persistence.rocks.JournalStats;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCompactionTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final RunId KEPT = new RunId("kept");
  private static final RunId GONE = new RunId("gone");
  private static final int FRAMES = 40;

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() {
    home = Home.at(directory.resolve("home"));
    home.lockForWriting("test").close();
  }

  private RocksStore open() {
    return RocksStore.open(home.journal(), StoreOptions.defaults(), CLOCK);
  }

  /** A run of some frames, each of a size that cannot be compressed away. */
  private static void write(RocksStore store, RunId run) {
    append(store, run, 1, RunScript.submitted(run));
    append(store, run, 2, RunScript.started(1, -1));
    Random random = new Random(run.hashCode());
    for (int i = 0; i < FRAMES; i++) {
      RunEvent frame =
          RunScript.recorded(
              1,
              i * 1000L,
              i * 1000L + 999,
              new F64Column(
                  RunScript.WALL,
                  Steps.of(LongStream.range(i * 1000L, i * 1000L + 1000).toArray()),
                  random.doubles(1000).toArray()));
      append(store, run, i + 3L, frame);
    }
  }

  private static void append(RocksStore store, RunId run, long sequence, RunEvent event) {
    store
        .append(
            "run|" + run,
            List.of(
                NewEvent.of(
                    sequence,
                    NOON,
                    new SerializedValue(
                        RunEventSerializer.ID,
                        EventCodec.ofRuns().manifest(event),
                        Bytes.wrap(EventCodec.ofRuns().encode(event))))))
        .join();
  }

  private static void delete(RocksStore store, RunId run) {
    append(store, run, FRAMES + 3L, new RunEvent.RunDeleted());
  }

  private static SerializedValue state(String text) {
    return new SerializedValue(7, "", Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private JournalCompaction.Report compact() {
    return JournalCompaction.compact(home, "saltus journal compact", CLOCK);
  }

  private List<StoredEvent> all(Home which) {
    try (JournalReader journal = RocksReaders.open(which.journal())) {
      List<StoredEvent> all = new ArrayList<>();
      journal.byOffset(1).forEachRemaining(all::add);
      return all;
    }
  }

  private Sha256 digest(RunId run) {
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      return new RunReader(journal).computeDigest(run);
    }
  }

  private Map<String, JournalStats.StreamStats> stats() {
    return JournalStats.of(home).streams().stream()
        .collect(Collectors.toMap(JournalStats.StreamStats::persistenceId, Function.identity()));
  }

  @Test
  void the_payloads_of_a_deleted_run_and_beside_it_go_and_everything_else_stays() throws Exception {
    try (RocksStore store = open()) {
      write(store, KEPT);
      write(store, GONE);
      BesideStreams beside = new BesideStreams(store, CLOCK);
      beside
          .append(BesideStream.AUDIT, KEPT, Samples.auditEvents().get("RunVerified"))
          .toCompletableFuture()
          .get();
      beside
          .append(BesideStream.AUDIT, GONE, Samples.auditEvents().get("RunVerified"))
          .toCompletableFuture()
          .get();
      beside
          .append(BesideStream.PROBE, GONE, Samples.probeEvents().get("ProbeRecorded"))
          .toCompletableFuture()
          .get();
      beside
          .append(BesideStream.ANALYSIS, GONE, Samples.analysisEvents().get("JumpSuspected"))
          .toCompletableFuture()
          .get();
      for (RunId run : List.of(KEPT, GONE)) {
        store.saveSnapshot("run|" + run, 5, NOON, state("old"), null).join();
        store.saveSnapshot("run|" + run, 9, NOON, state("new"), null).join();
      }
      delete(store, GONE);
    }
    Sha256 digest = digest(KEPT);
    List<StoredEvent> before = all(home);

    JournalCompaction.Report report = compact();

    assertThat(report.runs()).isEqualTo(1);
    assertThat(report.events()).isEqualTo(FRAMES + 2 + 3);
    assertThat(report.snapshots()).isEqualTo(3);
    assertThat(report.bytesAfter())
        .isEqualTo(JournalStats.bytesOnDisk(home))
        .isLessThan(report.bytesBefore() * 3 / 4);
    assertThat(digest(KEPT)).isEqualTo(digest);
    assertThat(all(home))
        .isEqualTo(
            before.stream()
                .filter(
                    event ->
                        !event.persistenceId().endsWith("|gone")
                            || event.manifest().equals("RunDeleted"))
                .toList());
    assertThat(JournalCheck.of(home))
        .isEqualTo(new JournalCheck.Report(6, before.size(), 1, before.size(), List.of()));
    assertThat(stats().get("run|gone"))
        .extracting(JournalStats.StreamStats::events, JournalStats.StreamStats::emptied)
        .containsExactly(FRAMES + 3L, FRAMES + 2L);
    assertThat(stats().get("probe|gone").emptied()).isEqualTo(1);
    assertThat(stats().get("analysis|gone").emptied()).isEqualTo(1);
    assertThat(stats().get("audit|kept").emptied()).isZero();
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      RunReader runs = new RunReader(journal);
      assertThat(runs.list().runs()).extracting(RunEntry::run).containsExactly(KEPT);
      assertThat(runs.list().unreadable()).isEmpty();
      assertThat(runs.exists(GONE)).isFalse();
      assertThat(runs.resolve("@last")).isEqualTo(KEPT);
      assertThat(journal.highestSequence("run|gone")).isEqualTo(FRAMES + 3L);
      assertThat(runs.beside(GONE, BesideStream.AUDIT).last()).isEmpty();
    }
  }

  @Test
  void a_second_compaction_finds_nothing_to_do() {
    try (RocksStore store = open()) {
      write(store, GONE);
      delete(store, GONE);
    }
    assertThat(compact().runs()).isEqualTo(1);
    List<StoredEvent> once = all(home);

    JournalCompaction.Report again = compact();

    assertThat(again.runs()).isZero();
    assertThat(again.events()).isZero();
    assertThat(again.snapshots()).isZero();
    assertThat(all(home)).isEqualTo(once);
  }

  @Test
  void numbers_go_on_and_copies_hold_the_emptied_events() {
    try (RocksStore store = open()) {
      write(store, GONE);
      delete(store, GONE);
      write(store, KEPT);
    }
    compact();
    try (RocksStore store = open()) {
      append(store, KEPT, FRAMES + 3L, new RunEvent.RunPaused(3, ""));
    }
    Home copy = Home.at(directory.resolve("copy"));
    JournalCopy.copy(home, copy.root());

    assertThat(JournalCheck.of(home).sound()).isTrue();
    assertThat(JournalCheck.of(copy)).isEqualTo(JournalCheck.of(home));
    assertThat(all(copy)).isEqualTo(all(home));
  }

  @Test
  void a_compaction_that_is_killed_leaves_a_readable_journal_and_can_be_done_again() {
    List<RunId> gone = new ArrayList<>();
    try (RocksStore store = open()) {
      write(store, KEPT);
      for (int i = 0; i < 30; i++) {
        RunId run = new RunId("gone-" + i);
        write(store, run);
        delete(store, run);
        gone.add(run);
      }
    }
    Sha256 digest = digest(KEPT);

    try (Child compaction = Child.start(CompactionProcess.class, home.root().toString())) {
      assertThat(compaction.line()).isPresent();
      assertThat(compaction.line()).isPresent();
      compaction.kill();
    }

    long emptied = stats().values().stream().mapToLong(JournalStats.StreamStats::emptied).sum();
    assertThat(emptied).isGreaterThanOrEqualTo(2L * (FRAMES + 2));
    assertThat(JournalCheck.of(home).damages()).isEmpty();
    assertThat(digest(KEPT)).isEqualTo(digest);
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      assertThat(new RunReader(journal).list().runs())
          .extracting(RunEntry::run)
          .containsExactly(KEPT);
    }

    JournalCompaction.Report rest = compact();

    assertThat(emptied + rest.events()).isEqualTo((long) gone.size() * (FRAMES + 2));
    assertThat(JournalCheck.of(home).damages()).isEmpty();
    assertThat(digest(KEPT)).isEqualTo(digest);
  }

  @Test
  void a_reader_of_another_process_goes_on_reading_over_a_compaction() {
    try (RocksStore store = open()) {
      write(store, GONE);
      write(store, KEPT);
      delete(store, GONE);
    }
    try (JournalReader reader = RocksReaders.open(home.journal())) {
      RunReader runs = new RunReader(reader);
      Sha256 digest = runs.computeDigest(KEPT);
      assertThat(count(reader)).isEqualTo(FRAMES + 3);
      try (Child compaction = Child.start(CompactionProcess.class, home.root().toString())) {
        do {
          reader.refresh();
          assertThat(runs.computeDigest(KEPT)).isEqualTo(digest);
          assertThat(count(reader)).isIn(1L, FRAMES + 3L);
        } while (compaction.isAlive());
      }
      reader.refresh();
      assertThat(count(reader)).isEqualTo(1);
      assertThat(runs.computeDigest(KEPT)).isEqualTo(digest);
    }
  }

  private static long count(JournalReader reader) {
    List<StoredEvent> events = new ArrayList<>();
    reader.events("run|" + GONE, 1, Long.MAX_VALUE).forEachRemaining(events::add);
    return events.size();
  }

  @Test
  void a_held_home_is_refused_with_the_name_of_its_holder() {
    open().close();
    try (HomeLock lock = home.lockForWriting("saltus run grokking")) {
      assertThat(lock.home()).isEqualTo(home);
      assertThatThrownBy(this::compact)
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("saltus run grokking");
    }
  }

  @Test
  void nothing_is_made_where_nothing_is() {
    Home nowhere = Home.at(directory.resolve("nowhere"));

    assertThat(JournalCompaction.compact(nowhere, "test", CLOCK))
        .isEqualTo(new JournalCompaction.Report(0, 0, 0, 0, 0));
    assertThat(Files.exists(nowhere.root())).isFalse();
  }
}
