package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.NOON;
import static io.saltus.persistence.rocks.Events.event;
import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.offsets;
import static io.saltus.persistence.rocks.Events.text;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest {

  @TempDir Path directory;
  private RocksStore store;

  @BeforeEach
  void open() {
    store = RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    open();
  }

  @Test
  void an_event_comes_back_as_it_was_written() {
    NewEvent written =
        new NewEvent(
            1, NOON, "writer", "adapter", List.of("b", "a", "b"), text("payload"), text("meta"));

    store.append("run|x", List.of(written)).join();

    StoredEvent read = store.reader().events("run|x", 1, 1).next();
    assertThat(read)
        .isEqualTo(
            new StoredEvent(
                "run|x",
                1,
                1,
                NOON,
                "writer",
                "adapter",
                List.of("a", "b"),
                text("payload"),
                text("meta")));
  }

  @Test
  void streams_are_numbered_on_their_own_and_offsets_over_all_of_them() {
    store.append("run|a", events("a", 1, 2)).join();
    store.append("run|b", events("b", 1, 2)).join();
    store.append("run|a", events("a", 3, 3)).join();

    JournalReader reader = store.reader();
    assertThat(reader.persistenceIds()).containsExactly("run|a", "run|b");
    assertThat(reader.highestSequence("run|a")).isEqualTo(3);
    assertThat(texts(reader.events("run|a", 2, 9))).containsExactly("a-2", "a-3");
    assertThat(texts(reader.byOffset(2))).containsExactly("a-2", "b-1", "b-2", "a-3");
    assertThat(offsets(reader.byOffset(0))).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(reader.durableOffset()).isEqualTo(5);
  }

  @Test
  void numbering_goes_on_after_reopening() {
    store.append("run|a", events("a", 1, 2)).join();
    reopen();
    store.append("run|b", events("b", 1, 1)).join();
    reopen();
    store.append("run|a", events("a", 3, 3)).join();

    assertThat(texts(store.reader().byOffset(1))).containsExactly("a-1", "a-2", "b-1", "a-3");
    assertThat(offsets(store.reader().byOffset(1))).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void an_event_that_does_not_continue_its_stream_is_refused_and_changes_nothing() {
    store.append("run|a", events("a", 1, 2)).join();

    assertThatThrownBy(() -> store.append("run|a", events("again", 2, 3)).join())
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event 2 of run|a does not follow event 2");
    assertThatThrownBy(() -> store.append("run|b", events("b", 2, 2)).join())
        .hasMessageContaining("event 2 of run|b does not follow event 0");

    store.append("run|a", events("a", 3, 3)).join();
    assertThat(texts(store.reader().byOffset(1))).containsExactly("a-1", "a-2", "a-3");
    assertThat(store.reader().persistenceIds()).containsExactly("run|a");
  }

  @Test
  void a_reader_stands_still_until_it_is_refreshed() {
    JournalReader reader = store.reader();
    store.append("run|a", events("a", 1, 2)).join();

    assertThat(reader.persistenceIds()).isEmpty();
    assertThat(reader.highestSequence("run|a")).isZero();
    assertThat(texts(reader.events("run|a", 1, 9))).isEmpty();
    assertThat(reader.refresh()).isTrue();
    assertThat(reader.refresh()).isFalse();
    assertThat(texts(reader.events("run|a", 1, 9))).containsExactly("a-1", "a-2");
  }

  @Test
  void a_stream_longer_than_a_batch_is_read_whole() {
    for (int from = 1; from <= 3000; from += 100) {
      store.append("run|a", events("a", from, from + 99)).join();
    }

    assertThat(texts(store.reader().events("run|a", 1, Long.MAX_VALUE))).hasSize(3000);
    assertThat(offsets(store.reader().byOffset(1))).hasSize(3000).endsWith(3000L);
  }

  @Test
  void emptied_events_keep_their_numbers_and_are_passed_over() {
    store.append("run|a", events("a", 1, 3)).join();
    store.empty("run|a", 2).join();

    assertThat(texts(store.reader().events("run|a", 1, 9))).containsExactly("a-3");
    assertThat(texts(store.reader().byOffset(1))).containsExactly("a-3");
    store.empty("run|a", 3).join();
    reopen();
    assertThat(store.reader().highestSequence("run|a")).isEqualTo(3);
    assertThat(store.reader().persistenceIds()).containsExactly("run|a");
    store.append("run|a", events("a", 4, 4)).join();
  }

  @Test
  void an_event_without_payload_uses_up_its_number() {
    store
        .append("run|a", List.of(event(1, "a-1"), NewEvent.empty(2, NOON), event(3, "a-3")))
        .join();

    assertThat(texts(store.reader().events("run|a", 1, 9))).containsExactly("a-1", "a-3");
  }

  @Test
  void a_snapshot_replaces_the_one_of_the_same_event() {
    store.saveSnapshot("run|a", 5, NOON, text("first"), null).join();
    store.saveSnapshot("run|a", 5, NOON.plusMillis(1), text("second"), text("meta")).join();
    store.saveSnapshot("run|a", 4, NOON, text("older"), null).join();

    assertThat(store.reader().latestSnapshot("run|a").orElseThrow().payload())
        .isEqualTo(text("second"));
    store.deleteSnapshots("run|a", new SnapshotRange(5, 5, Long.MIN_VALUE, Long.MAX_VALUE)).join();
    assertThat(store.reader().latestSnapshot("run|a").orElseThrow().payload())
        .isEqualTo(text("older"));
    store.deleteSnapshots("run|a", SnapshotRange.ALL).join();
    assertThat(store.latestSnapshot("run|a", SnapshotRange.ALL)).isEqualTo(Optional.empty());
  }

  @Test
  void what_is_queued_is_written_before_the_store_closes() {
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      writes.add(store.append("run|a", events("a", i, i)));
    }
    CompletableFuture<Void> settled = store.settled("run|a");
    reopen();

    assertThat(writes).allSatisfy(write -> assertThat(write).isCompleted());
    assertThat(settled).isCompleted();
    assertThat(store.reader().highestSequence("run|a")).isEqualTo(500);
  }

  @Test
  void a_closed_store_refuses_writes_and_reads() {
    JournalReader reader = store.reader();
    store.append("run|a", events("a", 1, 1)).join();
    var events = store.reader().events("run|a", 1, 9);
    store.close();

    assertThat(store.append("run|a", events("a", 2, 2))).isCompletedExceptionally();
    assertThat(store.durableAfter(9)).isCompletedExceptionally();
    assertThatThrownBy(reader::persistenceIds).hasMessageContaining("closed");
    assertThatThrownBy(events::hasNext).hasMessageContaining("closed");
  }

  @Test
  void who_waits_for_more_is_told_when_it_is_durable() {
    CompletableFuture<Long> more = store.durableAfter(1);
    store.append("run|a", events("a", 1, 1)).join();
    assertThat(more).isNotDone();
    store.append("run|a", events("a", 2, 2)).join();

    assertThat(more.join()).isEqualTo(2);
    assertThat(store.durableAfter(0)).isCompletedWithValue(2L);
  }
}
