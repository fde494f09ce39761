package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.saltus.persistence.rocks.JournalSalvage.Loss;
import io.saltus.persistence.rocks.JournalSalvage.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of logs and tables with real damage comes through, and that the rest is named. */
class JournalSalvageFilesTest extends SalvageScene {

  private static void flip(Path file, byte[] inside) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = indexOf(bytes, inside);
    assertThat(at).as("position in " + file).isPositive();
    bytes[at + inside.length / 2] ^= 0x10;
    Files.write(file, bytes);
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
}
