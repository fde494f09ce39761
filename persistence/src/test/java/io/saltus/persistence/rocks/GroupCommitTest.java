package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.read.JournalReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class GroupCommitTest {

  /** A disk that waits for a sign before each synchronised write, or fails. */
  private final class Disk implements GroupCommit.Sink {
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<Integer> syncedCounts = new ArrayList<>();
    private volatile boolean failing;

    @Override
    public void write(WriteBatch batch, boolean sync) throws RocksDBException {
      if (sync) {
        awaitSign();
        if (failing) {
          throw new RocksDBException("While fdatasync: Input/output error");
        }
        syncedCounts.add(batch.count());
      }
      database.write(batch, sync);
    }

    private void awaitSign() {
      try {
        assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @TempDir Path directory;
  private final Disk disk = new Disk();
  private final AtomicLong durable = new AtomicLong();
  private Database database;
  private GroupCommit commits;

  @BeforeEach
  void open() {
    RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC()).close();
    database = Database.primary(directory, StoreOptions.defaults());
    commits = commits(StoreOptions.defaults());
  }

  private GroupCommit commits(StoreOptions options) {
    GroupCommit made =
        new GroupCommit(
            new Ledger(new JournalView(database), 9),
            disk,
            durable::set,
            e -> Trouble.writing(directory, e),
            options);
    made.start();
    return made;
  }

  @AfterEach
  void close() {
    disk.go.countDown();
    commits.close();
    database.close();
  }

  private CompletableFuture<Void> append(String stream, long sequence) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    commits.submit(
        new Write.Append(
            stream,
            sequence,
            events(stream, sequence, sequence).stream().map(EventRecord::layOut).toList(),
            done));
    return done;
  }

  @Test
  void nothing_is_acknowledged_or_shown_before_it_is_on_disk() {
    try (JournalReader reader = RocksReaders.open(directory)) {
      CompletableFuture<Void> done = append("run|a", 1);
      assertThat(done).isNotDone();
      assertThat(durable).hasValue(0);
      reader.refresh();
      assertThat(reader.durableOffset()).isZero();

      disk.go.countDown();
      done.join();
      assertThat(durable).hasValue(1);
      reader.refresh();
      assertThat(texts(reader.byOffset(1))).containsExactly("run|a-1");
    }
  }

  @Test
  void what_gathers_while_the_disk_works_is_written_together_and_in_order() {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      done.add(append("run|a", i));
    }
    disk.go.countDown();
    done.forEach(CompletableFuture::join);

    assertThat(disk.syncedCounts).hasSizeLessThanOrEqualTo(3);
    JournalView view = new JournalView(database);
    assertThat(view.highestSequence(1, 100)).isEqualTo(100);
  }

  @Test
  void a_refused_write_does_not_touch_its_neighbours() {
    CompletableFuture<Void> first = append("run|a", 1);
    CompletableFuture<Void> refused = append("run|a", 3);
    CompletableFuture<Void> second = append("run|a", 2);
    disk.go.countDown();

    first.join();
    second.join();
    assertThatThrownBy(refused::join).hasMessageContaining("does not follow event 1");
  }

  @Test
  void a_failed_synchronisation_ends_the_store_and_is_named() {
    CompletableFuture<Void> first = append("run|a", 1);
    CompletableFuture<Void> second = append("run|b", 1);
    disk.failing = true;
    disk.go.countDown();

    assertThatThrownBy(first::join)
        .hasCauseInstanceOf(StoreFailedException.class)
        .hasMessageContaining("cannot be written any more")
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(second::join).hasCauseInstanceOf(StoreFailedException.class);
    disk.failing = false;
    assertThatThrownBy(() -> append("run|c", 1).join())
        .hasCauseInstanceOf(StoreFailedException.class);
    assertThat(commits.failure()).isNotNull();
    assertThat(durable).hasValue(0);
  }

  @Test
  void a_full_disk_is_called_a_full_disk() {
    StoreFailedException named =
        Trouble.writing(
            directory, new RocksDBException("While appending to file: No space left on device"));

    assertThat(named).hasMessageStartingWith("no space left on the disk: " + directory);
    assertThat(named.isFullDisk()).isTrue();
    assertThat(
            Trouble.writing(
                    directory, new RocksDBException("While appending to file: Disk quota exceeded"))
                .isFullDisk())
        .isTrue();
  }

  @Test
  void a_synchronisation_that_found_no_room_is_final_like_any_that_failed() {
    for (String said :
        List.of(
            "While fdatasync: journal/000004.log: No space left on device",
            "While fsync: journal/000004.log: No space left on device",
            "While fdatasync: journal/000004.log: Input/output error")) {
      assertThat(Trouble.writing(directory, new RocksDBException(said)).isFullDisk())
          .as(said)
          .isFalse();
    }
    assertThat(
            Trouble.writing(
                    directory,
                    new RocksDBException(
                        "While appending to file: /sync/while/000004.log: No space left on device"))
                .isFullDisk())
        .isTrue();
  }

  @Test
  void who_finds_the_queue_full_waits() throws InterruptedException {
    commits.close();
    commits = commits(new StoreOptions(1 << 20, 0, 2, 1 << 20, 1));
    CountDownLatch fifth = new CountDownLatch(1);
    List<CompletableFuture<Void>> done = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              for (int i = 1; i <= 5; i++) {
                done.add(append("run|a", i));
              }
              fifth.countDown();
            });
    caller.start();

    // One is being written and two are queued.
    assertThat(fifth.await(100, TimeUnit.MILLISECONDS)).isFalse();
    disk.go.countDown();
    assertThat(fifth.await(10, TimeUnit.SECONDS)).isTrue();
    done.forEach(CompletableFuture::join);
  }
}
