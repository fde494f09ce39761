package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.JournalSalvage.Loss;
import io.saltus.persistence.rocks.JournalSalvage.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Losses that the files that are left only hint at. */
class SalvagedTracesTest {

  @TempDir Path directory;
  private Home home;
  private Home copy;

  @BeforeEach
  void makeHome() {
    home = Home.at(directory.resolve("home"));
    home.lockForWriting("test").close();
    copy = Home.at(directory.resolve("copy"));
  }

  private static RocksStore open(Home which) {
    return RocksStore.open(which.journal(), StoreOptions.defaults(), Clock.systemUTC());
  }

  /** Names a stream after its first text: {@code a-1} is that of {@code run|a}. */
  private static Optional<String> naming(StoredEvent first) {
    return Optional.of("run|" + Events.text(first).charAt(0));
  }

  private Report salvage() {
    Report report = JournalSalvage.salvage(home, copy.root(), SalvagedTracesTest::naming);
    assertThat(JournalCheck.of(copy).damages()).isEmpty();
    return report;
  }

  private Path table() throws IOException {
    try (Stream<Path> files = Files.list(home.journal())) {
      List<Path> tables = files.filter(each -> each.toString().endsWith(".sst")).toList();
      assertThat(tables).hasSize(1);
      return tables.get(0);
    }
  }

  private static byte[] identity(Home which) throws RocksDBException {
    try (Database database = Database.readOnly(which.journal())) {
      return database.read((db, scan) -> db.get(Keys.meta("journal")));
    }
  }

  @Test
  void a_run_whose_name_is_lost_gets_it_back_from_its_first_event() throws RocksDBException {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 2)).join();
      store.append("run|b", events("b", 1, 1)).join();
    }
    try (Database database = Database.primary(home.journal(), StoreOptions.defaults());
        WriteBatch batch = new WriteBatch()) {
      batch.delete(Keys.streamByName("run|a"));
      batch.delete(Keys.of(Keys.STREAM, 1));
      database.write(batch, true);
      // Else the older files would still tell the name.
      database.compact();
    }

    assertThat(salvage()).isEqualTo(new Report(2, 3, 3, 0, List.of()));
    try (JournalReader reader = RocksReaders.open(copy.journal())) {
      assertThat(texts(reader.events("run|a", 1, 9))).containsExactly("a-1", "a-2");
    }
  }

  @Test
  void a_table_that_is_gone_is_named_though_nothing_else_speaks_of_its_events() throws IOException {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 5)).join();
    }
    open(home).close();
    Path table = table();
    Files.delete(table);
    // The log of the last opening would tell how many events there were.
    try (Stream<Path> files = Files.list(home.journal())) {
      for (Path log : files.filter(each -> each.toString().endsWith(".log")).toList()) {
        Files.delete(log);
      }
    }

    assertThat(salvage().losses())
        .contains(new Loss("", 0, table.getFileName() + ": the file is missing"));
  }

  @Test
  void a_copy_that_lost_nothing_is_the_same_journal_and_one_that_did_is_another()
      throws IOException, RocksDBException {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 5)).join();
    }
    open(home).close();
    assertThat(salvage().complete()).isTrue();
    assertThat(identity(copy)).isEqualTo(identity(home));

    Trees.delete(copy.root());
    byte[] key = Keys.of(Keys.EVENT, 1, 3);
    try (Database database = Database.primary(home.journal(), StoreOptions.defaults());
        WriteBatch batch = new WriteBatch()) {
      byte[] value = database.read((db, scan) -> db.get(key));
      value[40] ^= 1;
      batch.put(key, value);
      database.write(batch, true);
      database.compact();
    }
    assertThat(salvage().complete()).isFalse();
    assertThat(identity(copy)).hasSize(16).isNotEqualTo(identity(home));
  }

  @Test
  void another_database_is_refused_and_nothing_is_made() throws IOException, RocksDBException {
    RocksLibrary.load();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB foreign = RocksDB.open(options, home.journal().toString())) {
      foreign.put(Keys.utf8("their"), Keys.utf8("value"));
    }
    assertThatThrownBy(this::salvage)
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN))
        .hasMessageContaining(home.journal().toString());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(home.root());
    }
  }
}
