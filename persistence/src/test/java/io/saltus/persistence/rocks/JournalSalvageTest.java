package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.home.HomeException.Reason;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.rocks.JournalSalvage.Loss;
import io.saltus.persistence.rocks.JournalSalvage.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a journal with real damage comes through, and that the rest is named. */
class JournalSalvageTest {

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

  /** Salvages, and sees to it that the source is left as it is and the copy is sound. */
  private Report salvage() throws IOException {
    Map<Path, Sha256> before = content(home.root());
    Report report = JournalSalvage.salvage(home, copy.root());
    assertThat(content(home.root())).isEqualTo(before);
    assertThat(JournalCheck.of(copy).damages()).isEmpty();
    assertThat(JournalCheck.of(copy).events()).isEqualTo(report.events());
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrder(home.root(), copy.root());
    }
    return report;
  }

  private static Map<Path, Sha256> content(Path root) throws IOException {
    Map<Path, Sha256> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file, Sha256.ofFile(file));
      }
    }
    return content;
  }

  private static List<StoredEvent> all(Home which) {
    try (JournalReader reader = RocksReaders.open(which.journal())) {
      List<StoredEvent> all = new ArrayList<>();
      reader.byOffset(1).forEachRemaining(all::add);
      return all;
    }
  }

  private List<String> salvaged(String stream) {
    try (JournalReader reader = RocksReaders.open(copy.journal())) {
      return texts(reader.events(stream, 1, Long.MAX_VALUE));
    }
  }

  private Path newest(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(home.journal())) {
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

  private static NewEvent event(long sequence, byte[] payload) {
    return NewEvent.of(
        sequence, Events.NOON, new SerializedValue(7, "", Bytes.wrap(payload.clone())));
  }

  private static byte[][] payloads(int count, int size) {
    byte[][] payloads = new byte[count][size];
    Random random = new Random(1);
    for (byte[] each : payloads) {
      random.nextBytes(each);
    }
    return payloads;
  }

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
  void of_a_log_with_a_flipped_bit_every_other_run_comes_through() throws IOException {
    try (RocksStore store = open(home)) {
      for (int i = 1; i <= 10; i++) {
        store.append("run|a", events("a", i, i)).join();
        store.append("run|b", events("b", i, i)).join();
      }
    }
    flip(newest(".log"), Keys.utf8("a-5"));

    Report report = salvage();

    assertThat(report.losses())
        .containsExactly(
            new Loss(
                "",
                0,
                newest(".log").getFileName()
                    + ": 1 of its records are damaged; what they held may be lost"),
            new Loss("run|a", 5, "events 5 to 10 are lost"));
    assertThat(report.events()).isEqualTo(14);
    assertThat(salvaged("run|a")).containsExactly("a-1", "a-2", "a-3", "a-4");
    assertThat(salvaged("run|b")).hasSize(10).endsWith("b-10");
  }

  @ParameterizedTest(name = "byte {0} of the header")
  @ValueSource(ints = {0, 4, 5, 6})
  void behind_a_damaged_header_in_a_log_the_next_record_is_found(int position) throws IOException {
    try (RocksStore store = open(home)) {
      for (int i = 1; i <= 10; i++) {
        store.append("run|a", events("a", i, i)).join();
        store.append("run|b", events("b", i, i)).join();
      }
    }
    byte[] bytes = Files.readAllBytes(newest(".log"));
    bytes[header(bytes, indexOf(bytes, Keys.utf8("a-5"))) + position] ^= 0x40;
    Files.write(newest(".log"), bytes);

    Report report = salvage();

    assertThat(report.losses())
        .extracting(Loss::persistenceId, Loss::sequence)
        .containsExactly(tuple("", 0L), tuple("run|a", 5L));
    assertThat(salvaged("run|a")).hasSize(4);
    assertThat(salvaged("run|b")).hasSize(10);
  }

  /** Where the record with a position begins: 4 bytes checksum, 2 length, 1 type, the record. */
  private static int header(byte[] log, int position) {
    int at = 0;
    while (true) {
      int end = at + 7 + Byte.toUnsignedInt(log[at + 4]) + 256 * Byte.toUnsignedInt(log[at + 5]);
      if (end > position) {
        return at;
      }
      at = end;
    }
  }

  @Test
  void a_part_of_a_log_that_reads_as_zeros_is_damage_and_a_tail_of_zeros_is_none()
      throws IOException {
    byte[][] payloads = payloads(40, 5000);
    try (RocksStore store = open(home)) {
      for (int i = 1; i <= payloads.length; i++) {
        store.append("run|a", List.of(event(i, payloads[i - 1]))).join();
        store.append("run|b", List.of(event(i, payloads[i - 1]))).join();
      }
    }
    Path log = newest(".log");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length + 100_000));

    assertThat(salvage()).isEqualTo(new Report(2, 80, 80, 0, List.of()));

    Trees.delete(copy.root());
    Arrays.fill(bytes, 5 * 32768, 6 * 32768, (byte) 0);
    Files.write(log, bytes);
    Report report = salvage();

    assertThat(report.losses())
        .extracting(Loss::persistenceId)
        .containsExactly("", "run|a", "run|b");
    assertThat(report.events()).isBetween(26L, 32L);
  }

  @Test
  void of_a_table_with_a_flipped_bit_every_other_run_comes_through() throws IOException {
    byte[][] payloads = payloads(20, 5000);
    try (RocksStore store = open(home)) {
      for (int i = 1; i <= payloads.length; i++) {
        store.append("run|a", List.of(event(i, payloads[i - 1]))).join();
      }
      for (String stream : List.of("run|b", "run|c")) {
        for (int i = 1; i <= 10; i++) {
          store.append(stream, List.of(event(i, payloads[i]))).join();
        }
      }
    }
    open(home).close();
    flip(newest(".sst"), Arrays.copyOfRange(payloads[17], 1000, 1100));

    Report report = salvage();

    assertThat(report.complete()).isFalse();
    assertThat(report.losses())
        .filteredOn(loss -> !loss.persistenceId().isEmpty())
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.persistenceId()).isEqualTo("run|a");
              assertThat(loss.sequence()).isBetween(14L, 18L);
              assertThat(loss.message()).endsWith("to 20 are lost");
            });
    assertThat(salvaged("run|a")).hasSizeBetween(13, 17);
    assertThat(salvaged("run|b")).hasSize(10);
    assertThat(salvaged("run|c")).hasSize(10);
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
  void what_a_cut_log_still_holds_comes_through_and_a_torn_tail_is_no_loss() throws IOException {
    try (RocksStore store = open(home)) {
      for (int i = 1; i <= 10; i++) {
        store.append("run|a", events("a", i, i)).join();
      }
    }
    Path log = newest(".log");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, indexOf(bytes, Keys.utf8("a-8")) + 2));

    assertThat(salvage()).isEqualTo(new Report(1, 7, 7, 0, List.of()));
    assertThat(salvaged("run|a")).hasSize(7).endsWith("a-7");
  }

  @Test
  void a_table_that_was_cut_is_named_and_so_is_how_much_is_lost() throws IOException {
    try (RocksStore store = open(home)) {
      store.append("run|a", events("a", 1, 9)).join();
    }
    try (RocksStore store = open(home)) {
      store.append("run|b", events("b", 1, 3)).join();
    }
    Path table = newest(".sst");
    byte[] bytes = Files.readAllBytes(table);
    Files.write(table, Arrays.copyOf(bytes, bytes.length / 2));

    Report report = salvage();

    assertThat(report.events()).isEqualTo(3);
    assertThat(report.durableOffset()).isEqualTo(3);
    assertThat(salvaged("run|b")).containsExactly("b-1", "b-2", "b-3");
    assertThat(report.losses()).hasSize(2);
    assertThat(report.losses().get(0).message())
        .startsWith(table.getFileName() + ": it cannot be read (");
    assertThat(report.losses().get(1))
        .isEqualTo(new Loss("", 0, "9 events of which only the offset is known"));
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
