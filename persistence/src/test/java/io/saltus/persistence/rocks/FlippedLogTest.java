package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.JournalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every bit of a header and one of every other byte: RocksDB alone loses events where a length is
 * damaged, and never returns where a type is.
 */
class FlippedLogTest {

  private static final int EVENTS = 8;
  private static final int HEADER = 7;

  @TempDir Path directory;

  /** A mark without events is written last, so that what looks cut off is at most that. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a native call hangs
  void wherever_a_bit_of_a_log_is_flipped_it_is_refused_or_no_event_is_lost() throws IOException {
    Path crashed = crashed();
    Path log = log(crashed);
    byte[] sound = Files.readAllBytes(log);
    List<Integer> starts = starts(sound);
    List<String> lost = new ArrayList<>();
    int refused = 0;
    for (int at = 0; at < sound.length; at++) {
      boolean inHeader = inHeader(starts, at);
      for (int bit = inHeader ? 0 : at % Byte.SIZE; bit < (inHeader ? 8 : at % 8 + 1); bit++) {
        byte[] flipped = sound.clone();
        flipped[at] ^= (byte) (1 << bit);
        int left = left(crashed, log, flipped);
        if (left < 0) {
          refused++;
        } else if (left != EVENTS) {
          lost.add("bit %d of byte %d of %d: %d events".formatted(bit, at, sound.length, left));
        }
      }
    }
    assertThat(lost).isEmpty();
    assertThat(refused).isGreaterThan(sound.length - HEADER);
  }

  /** How many events a writer finds; -1 when it refuses. */
  private int left(Path crashed, Path log, byte[] bytes) throws IOException {
    Path home = directory.resolve("flipped");
    Trees.delete(home);
    Files.createDirectories(home);
    try (Stream<Path> files = Files.list(crashed)) {
      for (Path each : files.toList()) {
        Files.copy(each, home.resolve(each.getFileName()));
      }
    }
    Files.write(home.resolve(log.getFileName()), bytes);
    try (RocksStore store = RocksStore.open(home, StoreOptions.defaults(), Clock.systemUTC());
        JournalReader reader = store.reader()) {
      return texts(reader.events("run|a", 1, 99)).size();
    } catch (HomeException | JournalDamagedException e) {
      return -1;
    }
  }

  private Path crashed() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    home.lockForWriting("test").close();
    Path copy = Files.createDirectories(directory.resolve("crashed"));
    try (RocksStore store =
        RocksStore.open(home.journal(), StoreOptions.defaults(), Clock.systemUTC())) {
      for (int i = 1; i <= EVENTS; i++) {
        store.append("run|a", events("a", i, i)).join();
      }
      try (Stream<Path> files = Files.list(home.journal())) {
        for (Path each : files.toList()) {
          Files.copy(each, copy.resolve(each.getFileName()));
        }
      }
    }
    return copy;
  }

  private static Path log(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(each -> each.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }

  private static List<Integer> starts(byte[] log) {
    ByteBuffer bytes = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> starts = new ArrayList<>();
    for (int at = 0; at + HEADER <= log.length; ) {
      starts.add(at);
      at += HEADER + Short.toUnsignedInt(bytes.getShort(at + 4));
    }
    return starts;
  }

  private static boolean inHeader(List<Integer> starts, int at) {
    return starts.stream().anyMatch(start -> start <= at && at < start + HEADER);
  }
}
