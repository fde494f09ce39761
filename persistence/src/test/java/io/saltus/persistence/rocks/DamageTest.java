package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class DamageTest {

  @TempDir Path directory;
  private Home home;

  @BeforeEach
  void makeHome() {
    home = Home.at(directory.resolve("home"));
    home.lockForWriting("test").close();
  }

  private RocksStore open() {
    return RocksStore.open(home.journal(), StoreOptions.defaults(), Clock.systemUTC());
  }

  /** What a crash leaves: the files as they are while the writer lives. */
  private Path crashed(RocksStore store) throws IOException {
    assertThat(store.failure()).isEmpty();
    Path copy = directory.resolve("crashed");
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(home.journal())) {
      for (Path each : files.toList()) {
        Files.copy(each, copy.resolve(each.getFileName()));
      }
    }
    return copy;
  }

  private static Path newest(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(each -> each.toString().endsWith(suffix))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void flip(Path file, byte[] inside) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = indexOf(bytes, inside);
    assertThat(at).as("position in " + file).isPositive();
    bytes[at + inside.length / 2] ^= 0x10;
    Files.write(file, bytes);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void a_torn_tail_is_ignored() throws IOException {
    Path copy;
    try (RocksStore store = open()) {
      store.append("run|a", events("a", 1, 9)).join();
      store.append("run|a", events("a", 10, 10)).join();
      copy = crashed(store);
    }
    Path log = newest(copy, ".log");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, indexOf(bytes, Keys.utf8("a-10")) + 2));

    try (RocksStore store = RocksStore.open(copy, StoreOptions.defaults(), Clock.systemUTC())) {
      assertThat(texts(store.reader().events("run|a", 1, 99))).hasSize(9).endsWith("a-9");
      store.append("run|a", events("again", 10, 10)).join();
    }
    try (JournalReader reader = RocksReaders.open(copy)) {
      assertThat(texts(reader.byOffset(10))).containsExactly("again-10");
    }
  }

  @Test
  void a_flipped_bit_in_the_log_is_refused_and_not_passed_over() throws IOException {
    Path copy;
    try (RocksStore store = open()) {
      for (int i = 1; i <= 10; i++) {
        store.append("run|a", events("a", i, i)).join();
      }
      copy = crashed(store);
    }
    flip(newest(copy, ".log"), Keys.utf8("a-5"));

    assertThatThrownBy(() -> RocksStore.open(copy, StoreOptions.defaults(), Clock.systemUTC()))
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
        .hasMessageContaining(copy.toString());
    assertThatThrownBy(() -> RocksReaders.open(copy)).isInstanceOf(HomeException.class);

    flip(newest(home.journal(), ".log"), Keys.utf8("a-5"));
    assertThat(JournalCheck.of(home).damages())
        .singleElement()
        .satisfies(
            damage ->
                assertThat(damage.message())
                    .contains("cannot be opened", "of its records are damaged"));
  }

  @Test
  void a_flipped_bit_in_a_file_is_named_by_run_and_sequence_number() throws IOException {
    byte[][] payloads = new byte[20][5000];
    Random random = new Random(1);
    try (RocksStore store = open()) {
      for (int i = 1; i <= payloads.length; i++) {
        random.nextBytes(payloads[i - 1]);
        store
            .append(
                "run|a",
                List.of(
                    NewEvent.of(
                        i,
                        Events.NOON,
                        new SerializedValue(7, "", Bytes.wrap(payloads[i - 1].clone())))))
            .join();
      }
      store.append("run|b", events("b", 1, 1)).join();
    }
    // Opening again moves the log into a table file.
    open().close();
    flip(newest(home.journal(), ".sst"), Arrays.copyOfRange(payloads[12], 1000, 1100));

    try (JournalReader reader = RocksReaders.open(home.journal())) {
      assertThatThrownBy(() -> texts(reader.events("run|a", 1, 99)))
          .isInstanceOf(JournalDamagedException.class)
          .hasMessageMatching("the journal is damaged: event 1[0-9] of run a: .*");
      assertThat(texts(reader.events("run|b", 1, 9))).containsExactly("b-1");
    }
    JournalCheck.Report report = JournalCheck.of(home);
    assertThat(report.sound()).isFalse();
    assertThat(report.damages())
        .anySatisfy(
            damage -> {
              assertThat(damage.persistenceId()).isEqualTo("run|a");
              assertThat(damage.sequence()).isEqualTo(13);
            })
        .noneSatisfy(damage -> assertThat(damage.persistenceId()).isEqualTo("run|b"));
    assertThat(report.events()).isBetween(15L, 20L);
  }

  @Test
  void a_record_whose_bytes_changed_before_the_database_saw_them_is_named() throws Exception {
    try (RocksStore store = open()) {
      store.append("run|a", events("a", 1, 3)).join();
      store.saveSnapshot("run|a", 3, Events.NOON, Events.text("state"), null).join();
    }
    change(Keys.of(Keys.EVENT, 1, 2), 40);
    try (RocksStore store = open()) {
      assertThatThrownBy(() -> texts(store.reader().events("run|a", 1, 9)))
          .isInstanceOfSatisfying(
              JournalDamagedException.class, e -> assertThat(e.sequence()).isEqualTo(2))
          .hasMessageContaining("event 2 of run a: its checksum does not match");
      assertThatThrownBy(() -> texts(store.reader().byOffset(1)))
          .hasMessageContaining("event 2 of run a");
    }
    assertThat(JournalCheck.of(home).damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.sequence()).isEqualTo(2));
  }

  @Test
  void a_missing_event_and_a_wrong_index_are_named() throws Exception {
    try (RocksStore store = open()) {
      store.append("run|a", events("a", 1, 3)).join();
      store.append("run|b", events("b", 1, 3)).join();
    }
    try (Database database = Database.primary(home.journal(), StoreOptions.defaults());
        WriteBatch batch = new WriteBatch()) {
      batch.delete(Keys.of(Keys.EVENT, 1, 2));
      batch.delete(Keys.of(Keys.EVENT, 2, 3));
      batch.put(Keys.of(Keys.OFFSET, 3), Ledger.place(1, 1));
      database.write(batch, true);
    }
    try (RocksStore store = open()) {
      assertThatThrownBy(() -> texts(store.reader().events("run|a", 1, 9)))
          .hasMessageContaining("event 2 of run a: it is missing");
    }
    assertThat(JournalCheck.of(home).damages())
        .extracting(JournalCheck.Damage::persistenceId, JournalCheck.Damage::sequence)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("run|a", 2L),
            org.assertj.core.groups.Tuple.tuple("run|a", 3L),
            org.assertj.core.groups.Tuple.tuple("run|b", 3L));
  }

  private void change(byte[] key, int position) throws RocksDBException {
    try (Database database = Database.primary(home.journal(), StoreOptions.defaults());
        WriteBatch batch = new WriteBatch()) {
      byte[] value = database.read((db, scan) -> db.get(key));
      value[position] ^= 1;
      batch.put(key, value);
      database.write(batch, true);
    }
  }

  @Test
  void a_newer_format_is_refused_by_writers_and_readers() throws RocksDBException {
    open().close();
    try (Database database = Database.primary(home.journal(), StoreOptions.defaults());
        WriteBatch batch = new WriteBatch()) {
      batch.put(Keys.meta("format"), ByteBuffer.allocate(4).putInt(2).array());
      database.write(batch, true);
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NEWER_FORMAT))
        .hasMessageContaining("format 2 and this Saltus knows 1");
    assertThatThrownBy(() -> RocksReaders.open(home.journal()))
        .hasMessageContaining("format 2 and this Saltus knows 1");
  }

  @Test
  void another_database_is_refused_and_left_as_it_is() throws RocksDBException {
    RocksLibrary.load();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB foreign = RocksDB.open(options, home.journal().toString())) {
      foreign.put(Keys.utf8("their"), Keys.utf8("value"));
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN));
    try (Options options = new Options();
        RocksDB foreign = RocksDB.open(options, home.journal().toString())) {
      assertThat(foreign.get(Keys.utf8("their"))).isEqualTo(Keys.utf8("value"));
    }
  }

  @Test
  void a_damaged_database_is_refused_with_its_place() throws IOException {
    open().close();
    Files.writeString(home.journal().resolve("CURRENT"), "MANIFEST-999999\n");

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
        .hasMessageContaining(home.journal().toString());
    assertThatThrownBy(() -> RocksReaders.open(home.journal())).isInstanceOf(HomeException.class);
  }

  @Test
  void a_second_writer_is_refused() {
    try (RocksStore store = open()) {
      assertThat(store.durableOffset()).isZero();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HELD));
    }
  }

  @Test
  void a_sound_journal_is_called_sound_while_it_is_written_too() {
    try (HomeLock lock = home.lockForWriting("test");
        RocksStore store = open()) {
      assertThat(lock.home()).isEqualTo(home);
      store.append("run|a", events("a", 1, 3)).join();
      store.empty("run|a", 1).join();
      store.saveSnapshot("run|a", 3, Events.NOON, Events.text("state"), null).join();

      assertThat(JournalCheck.of(home)).isEqualTo(new JournalCheck.Report(1, 3, 1, 3, List.of()));
    }
    assertThat(JournalCheck.of(home)).isEqualTo(new JournalCheck.Report(1, 3, 1, 3, List.of()));
  }
}
