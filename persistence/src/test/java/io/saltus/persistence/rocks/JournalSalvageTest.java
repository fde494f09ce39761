package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.JournalSalvage.Loss;
import io.saltus.persistence.rocks.JournalSalvage.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of a home comes through, whole or with something missing, and what is refused. */
class JournalSalvageTest extends SalvageScene {

  @Test
  void a_sound_home_comes_through_whole_from_its_log_and_from_its_tables() throws Exception {
    byte[] tensors = "tensors".getBytes(StandardCharsets.UTF_8);
    byte[][] large = payloads(3, 100_000);
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 3)).join();
      store.append("run|b", events("b", 1, 2)).join();
      store.append("run|c", List.of(event(1, large[0]), event(2, large[1]))).join();
      store.empty("run|a", 1).join();
      store.saveSnapshot("run|a", 3, Events.NOON, Events.text("state"), null).join();
    }
    String name = Sha256.of(tensors).hex() + ".safetensors";
    Files.write(home.checkpoints().resolve(name), tensors);
    List<StoredEvent> before = all(home);

    assertThat(salvage()).isEqualTo(new Report(3, 7, 7, 1, List.of()));
    assertThat(all(copy)).hasSize(6).isEqualTo(before);
    assertThat(copy.checkpoints().resolve(name)).hasBinaryContent(tensors);
    assertThat(JournalCheck.of(copy)).isEqualTo(JournalCheck.of(home));

    // Opening again moves the log into a table file; what follows stands in a new log.
    try (RocksStore store = open(home)) {
      store.append("run|c", List.of(event(3, large[2]))).join();
      store.empty("run|b", 1).join();
    }
    before = all(home);
    Trees.delete(copy.root());

    assertThat(salvage()).isEqualTo(new Report(3, 8, 8, 1, List.of()));
    assertThat(all(copy)).hasSize(6).isEqualTo(before);
    try (RocksStore store = open(copy)) {
      assertThat(store.latestSnapshot("run|a", SnapshotRange.ALL)).isPresent();
      store.append("run|a", events("a", 4, 4)).join();
    }
    assertThat(all(copy)).hasSize(7);
  }

  @Test
  void without_its_manifest_and_current_file_everything_comes_through() throws IOException {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 3)).join();
    }
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 4, 5)).join();
      store.append("run|b", events("b", 1, 2)).join();
    }
    List<StoredEvent> before = all(home);
    Files.delete(home.journal().resolve("CURRENT"));
    Files.delete(home.journal().resolve(manifest()));

    assertThat(salvage()).isEqualTo(new Report(2, 7, 7, 0, List.of()));
    assertThat(all(copy)).isEqualTo(before);
  }

  private String manifest() throws IOException {
    try (Stream<Path> files = Files.list(home.journal())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("MANIFEST-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void an_event_whose_bytes_changed_before_they_were_stored_ends_its_stream() throws Exception {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 3)).join();
      store.append("run|b", events("b", 1, 3)).join();
      store.saveSnapshot("run|a", 3, Events.NOON, Events.text("state"), null).join();
    }
    byte[] key = Keys.of(Keys.EVENT, 1, 2);
    try (Database database = Database.primary(home.journal(), StoreOptions.defaults());
        org.rocksdb.WriteBatch batch = new org.rocksdb.WriteBatch()) {
      byte[] value = database.read((db, scan) -> db.get(key));
      value[40] ^= 1;
      batch.put(key, value);
      database.write(batch, true);
      database.compact();
    }

    assertThat(salvage().losses()).containsExactly(new Loss("run|a", 2, "events 2 to 3 are lost"));
    assertThat(salvaged("run|a")).containsExactly("a-1");
    try (RocksStore store = open(copy)) {
      assertThat(store.latestSnapshot("run|a", SnapshotRange.ALL)).isEmpty();
    }
  }

  @Test
  void everything_acknowledged_before_a_kill_comes_through() throws IOException {
    long acknowledged = 0;
    try (Child writer = Child.start(WriterProcess.class, home.journal().toString(), "4")) {
      for (int line = 0; line < 200; line++) {
        assertThat(writer.line()).isPresent();
        acknowledged += 3;
      }
      writer.kill();
    }
    List<StoredEvent> before = all(home);

    Report report = salvage();

    assertThat(report.losses()).isEmpty();
    assertThat(report.events()).isGreaterThanOrEqualTo(acknowledged);
    assertThat(all(copy).subList(0, before.size())).isEqualTo(before);
  }

  @Test
  void a_checkpoint_whose_content_is_not_that_of_its_name_is_left_out_and_named()
      throws IOException {
    open(home).close();
    String name = "0".repeat(64) + ".safetensors";
    Files.writeString(home.checkpoints().resolve(name), "tensors");

    Report report = salvage();

    assertThat(report.checkpoints()).isZero();
    assertThat(report.losses())
        .containsExactly(
            new Loss("", 0, "checkpoint " + name + ": its content has another digest"));
    assertThat(copy.checkpoints().resolve(name)).doesNotExist();
  }

  @Test
  void a_home_that_is_held_or_not_there_is_refused_and_nothing_is_made() {
    open(home).close();
    try (HomeLock lock = home.lockForWriting("saltus run grokking")) {
      assertThatThrownBy(() -> JournalSalvage.salvage(lock.home(), copy.root()))
          .isInstanceOfSatisfying(
              HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HELD))
          .hasMessageContaining("saltus run grokking");
    }
    Home nowhere = Home.at(directory.resolve("nowhere"));
    assertThatThrownBy(() -> JournalSalvage.salvage(nowhere, copy.root()))
        .isInstanceOf(HomeException.class);
    assertThat(copy.root()).doesNotExist();
  }
}
