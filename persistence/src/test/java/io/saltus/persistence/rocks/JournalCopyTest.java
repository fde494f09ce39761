package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCopyTest {

  @TempDir Path directory;
  private Home home;
  private Path target;

  @BeforeEach
  void makeHome() {
    home = Home.at(directory.resolve("home"));
    home.lockForWriting("test").close();
    target = directory.resolve("copy");
  }

  private RocksStore open(Home which) {
    return RocksStore.open(which.journal(), StoreOptions.defaults(), Clock.systemUTC());
  }

  private static List<StoredEvent> all(Home which) {
    try (JournalReader reader = RocksReaders.open(which.journal())) {
      List<StoredEvent> all = new ArrayList<>();
      reader.byOffset(1).forEachRemaining(all::add);
      return all;
    }
  }

  @Test
  void a_copy_holds_the_same_events_snapshots_and_checkpoints_and_can_be_written()
      throws IOException {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 3)).join();
      store.append("run|b", events("b", 1, 2)).join();
      store.empty("run|a", 1).join();
      store.saveSnapshot("run|a", 3, Events.NOON, Events.text("state"), null).join();
    }
    Files.writeString(home.checkpoints().resolve("ab.safetensors"), "tensors");

    assertThat(JournalCopy.copy(home, target)).isEqualTo(new JournalCopy.Report(2, 5, 5, 1));

    Home copy = Home.at(target);
    assertThat(copy.inspect()).isEqualTo(Home.State.READY);
    assertThat(all(copy)).hasSize(4).isEqualTo(all(home));
    assertThat(JournalCheck.of(copy)).isEqualTo(JournalCheck.of(home));
    assertThat(copy.checkpoints().resolve("ab.safetensors")).hasContent("tensors");
    try (RocksStore store = open(copy)) {
      assertThat(store.latestSnapshot("run|a", SnapshotRange.ALL)).isPresent();
      store.append("run|a", events("a", 4, 4)).join();
    }
    assertThat(all(copy)).hasSize(5);
  }

  @Test
  void a_copy_made_while_the_home_is_written_is_a_prefix_of_it() throws IOException {
    try (HomeLock lock = home.lockForWriting("test");
        Child writer = Child.start(WriterProcess.class, lock.home().journal().toString(), "4")) {
      for (int line = 0; line < 200; line++) {
        assertThat(writer.line()).isPresent();
      }
      JournalCopy.Report report = JournalCopy.copy(home, target);
      writer.kill();

      assertThat(report.events()).isGreaterThanOrEqualTo(600);
      List<StoredEvent> copied = all(Home.at(target));
      assertThat(copied).hasSize((int) report.events());
      assertThat(all(home).subList(0, copied.size())).isEqualTo(copied);
      assertThat(JournalCheck.of(Home.at(target)).sound()).isTrue();
    }
  }

  @Test
  void an_existing_target_is_refused() throws IOException {
    Files.createDirectory(target);

    assertThatThrownBy(() -> JournalCopy.copy(home, target))
        .hasMessage("the target exists: %s. Choose a new name.".formatted(target));
  }

  @Test
  void a_damaged_journal_leaves_no_copy() throws Exception {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 3)).join();
    }
    try (Database database = Database.primary(home.journal(), StoreOptions.defaults());
        org.rocksdb.WriteBatch batch = new org.rocksdb.WriteBatch()) {
      batch.delete(Keys.of(Keys.EVENT, 1, 2));
      database.write(batch, true);
    }
    assertThatThrownBy(() -> JournalCopy.copy(home, target))
        .hasMessageContaining("event 2 of run a");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(home.root());
    }
  }

  @Test
  void stats_count_events_bytes_and_snapshots() {
    try (RocksStore store = open(home)) {
      store.append("run|b", events("b", 1, 2)).join();
      store.append("run|a", events("a", 1, 3)).join();
      store.empty("run|a", 1).join();
      store.saveSnapshot("run|a", 3, Events.NOON, Events.text("state"), null).join();
    }
    JournalStats stats = JournalStats.of(home);

    assertThat(stats.streams())
        .extracting(
            JournalStats.StreamStats::persistenceId,
            JournalStats.StreamStats::events,
            JournalStats.StreamStats::emptied,
            JournalStats.StreamStats::snapshots)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("run|a", 3L, 1L, 1L),
            org.assertj.core.groups.Tuple.tuple("run|b", 2L, 0L, 0L));
    assertThat(stats.events()).isEqualTo(5);
    assertThat(stats.durableOffset()).isEqualTo(5);
    assertThat(stats.bytes()).isBetween(100L, 1000L);
    assertThat(stats.bytesOnDisk()).isGreaterThan(stats.bytes());
  }
}
