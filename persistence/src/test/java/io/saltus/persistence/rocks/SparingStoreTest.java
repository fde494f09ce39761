package io.saltus.persistence.rocks;

import static io.saltus.persistence.rocks.Events.events;
import static io.saltus.persistence.rocks.Events.offsets;
import static io.saltus.persistence.rocks.Events.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.persistence.read.JournalReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full disk leaves is opened with little room, written, and opened again as ever. */
class SparingStoreTest {

  private static final long ROOM = 512 * 1024;

  @TempDir Path directory;

  private RocksStore open() {
    return RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC());
  }

  @Test
  void a_torn_log_of_many_megabytes_is_opened_in_half_a_megabyte() throws IOException {
    try (RocksStore store = open()) {
      for (long each = 1; each <= 400; each++) {
        store.append("run|a", List.of(Events.event(each, "x".repeat(50_000) + each))).join();
      }
    }
    // As a write that found no room for its end.
    cut(newest(".log"), 20_000);
    long before = bytes();
    try (RocksStore store = RocksStore.openSparing(directory, Clock.systemUTC())) {
      assertThat(store.reader().highestSequence("run|a")).isEqualTo(399);
      store.append("run|a", events("last", 400, 401)).join();
    }
    assertThat(bytes() - before).isLessThan(ROOM);

    for (int times = 0; times < 2; times++) {
      try (RocksStore store = open();
          JournalReader reader = store.reader()) {
        assertThat(texts(reader.events("run|a", 400, 500))).containsExactly("last-400", "last-401");
        assertThat(offsets(reader.events("run|a", 1, 500)))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 401).boxed().toList());
        store.append("run|b", events("b", times + 1, times + 1)).join();
      }
    }
  }

  private static void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - bytes);
    }
  }

  private Path newest(String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private long bytes() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.toList()) {
        sum += Files.size(each);
      }
    }
    return sum;
  }
}
