package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.persistence.read.JournalFollower;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class OtherProcessReaderTest {

  private static final int POLLS = 10_000;
  private static final int ROUNDS = 6;

  @TempDir Path directory;

  @Test
  void ten_thousand_polls_through_writer_restarts_show_no_hole_no_repeat_and_nothing_unsynced() {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> writeAndRestart(over, rounds));
    Map<String, Long> seen = new HashMap<>();
    long[] last = new long[2];
    try (JournalReader reader = RocksReaders.open(directory)) {
      JournalFollower all = JournalFollower.ofAll(reader, 1);
      JournalFollower one = JournalFollower.ofStream(reader, "run|1", 1);
      for (int polls = 0; polls < POLLS || rounds.get() < ROUNDS; polls += last[0] > 0 ? 1 : 0) {
        assertThat(writing).isNotDone();
        all.poll(
            event -> {
              assertThat(event.offset()).isEqualTo(last[0] + 1);
              assertThat(event.offset()).isLessThanOrEqualTo(reader.durableOffset());
              assertThat(event.sequence())
                  .isEqualTo(seen.getOrDefault(event.persistenceId(), 0L) + 1);
              assertIsItself(event);
              last[0] = event.offset();
              seen.put(event.persistenceId(), event.sequence());
            });
        one.poll(
            event -> {
              assertThat(event.sequence()).isEqualTo(last[1] + 1);
              assertIsItself(event);
              last[1] = event.sequence();
            });
      }
      over.set(true);
      writing.join();
      one.poll(event -> last[1] = event.sequence());
      assertThat(last[1]).isEqualTo(reader.highestSequence("run|1"));
    }
    assertThat(seen).hasSize(4);
  }

  private void writeAndRestart(AtomicBoolean over, AtomicInteger rounds) {
    for (int round = 0; !over.get(); round = rounds.incrementAndGet()) {
      try (Child writer = Child.start(WriterProcess.class, directory.toString(), "4")) {
        for (int line = 0; line < 300 && !over.get(); line++) {
          writer.line();
        }
        if (round % 2 == 0) {
          writer.kill();
        } else {
          drain(writer);
          writer.end();
        }
      }
    }
  }

  /** A writer whose output nobody reads would stand still. */
  private static void drain(Child writer) {
    CompletableFuture<Void> unused = CompletableFuture.runAsync(writer::drain);
  }

  private static void assertIsItself(StoredEvent event) {
    assertThat(Events.text(event)).isEqualTo(event.persistenceId() + "-" + event.sequence());
  }

  @Test
  void an_event_without_a_durable_mark_behind_it_is_not_shown() throws RocksDBException {
    try (RocksStore store = open()) {
      store.append("run|a", events("a", 1, 2)).join();
    }
    try (Database database = Database.primary(directory, StoreOptions.defaults());
        WriteBatch event = new WriteBatch();
        WriteBatch mark = new WriteBatch();
        JournalReader reader = RocksReaders.open(directory)) {
      Ledger ledger = new Ledger(new JournalView(database), 9);
      ledger.append(
          new Write.Append(
              "run|a",
              3,
              events("a", 3, 3).stream().map(EventRecord::layOut).toList(),
              new CompletableFuture<>()),
          event);
      database.write(event, false);

      assertThat(reader.refresh()).isFalse();
      assertThat(reader.highestSequence("run|a")).isEqualTo(2);
      assertThat(texts(reader.events("run|a", 1, 9))).containsExactly("a-1", "a-2");
      assertThat(texts(reader.byOffset(1))).containsExactly("a-1", "a-2");

      ledger.mark(mark);
      database.write(mark, false);
      assertThat(reader.refresh()).isTrue();
      assertThat(texts(reader.byOffset(3))).containsExactly("a-3");
    }
  }

  @Test
  void where_no_writer_has_been_nothing_is_created_and_the_journal_is_empty() throws IOException {
    Path none = directory.resolve("none");
    try (JournalReader reader = RocksReaders.open(none)) {
      assertThat(reader.persistenceIds()).isEmpty();
      assertThat(reader.highestSequence("run|a")).isZero();
      assertThat(texts(reader.events("run|a", 1, 9))).isEmpty();
      assertThat(reader.latestSnapshot("run|a")).isEmpty();
      assertThat(reader.refresh()).isFalse();
      assertThat(Files.exists(none)).isFalse();

      try (RocksStore store = RocksStore.open(none, StoreOptions.defaults(), Clock.systemUTC())) {
        store.append("run|a", events("a", 1, 1)).join();
        assertThat(reader.refresh()).isTrue();
        assertThat(reader.persistenceIds()).containsExactly("run|a");
      }
    }
  }

  @Test
  void emptied_events_disappear_for_a_reader_that_has_seen_them() {
    try (RocksStore store = open();
        JournalReader reader = RocksReaders.open(directory)) {
      store.append("run|a", events("a", 1, 3)).join();
      reader.refresh();
      assertThat(texts(reader.events("run|a", 1, 9))).hasSize(3);
      store.empty("run|a", 2).join();
      reader.refresh();
      assertThat(texts(reader.events("run|a", 1, 9))).containsExactly("a-3");
    }
  }

  private RocksStore open() {
    return RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC());
  }
}
