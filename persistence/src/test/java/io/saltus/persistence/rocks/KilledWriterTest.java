package io.saltus.persistence.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.StoredEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {

  private static final int ROUNDS = 4;
  private static final int STREAMS = 8;

  @TempDir Path directory;

  @Test
  void everything_acknowledged_survives_kill_9() {
    Map<String, Long> acknowledged = new HashMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      try (Child writer =
          Child.start(WriterProcess.class, directory.toString(), String.valueOf(STREAMS))) {
        for (int line = 0; line < 200 * round; line++) {
          note(writer.line().orElseThrow(), acknowledged);
        }
        writer.kill();
        for (Optional<String> line = writer.line(); line.isPresent(); line = writer.line()) {
          note(line.get(), acknowledged);
        }
      }
      try (JournalReader reader = RocksReaders.open(directory)) {
        assertAllThere(reader, acknowledged);
      }
      try (RocksStore store =
          RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC())) {
        assertAllThere(store.reader(), acknowledged);
      }
    }
    assertThat(acknowledged).hasSize(STREAMS);
  }

  /** The last line of a killed process may be cut anywhere. */
  private static void note(String line, Map<String, Long> acknowledged) {
    String[] words = line.split(" ", -1);
    if (words.length == 2 && words[1].matches("[0-9]+")) {
      acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
    }
  }

  private static void assertAllThere(JournalReader reader, Map<String, Long> acknowledged) {
    acknowledged.forEach(
        (stream, sequence) -> {
          long highest = reader.highestSequence(stream);
          assertThat(highest).isGreaterThanOrEqualTo(sequence);
          assertThat(highest % 3).as("events written together").isZero();
          Iterator<StoredEvent> events = reader.events(stream, 1, Long.MAX_VALUE);
          for (long i = 1; i <= highest; i++) {
            assertThat(Events.text(events.next())).isEqualTo(stream + "-" + i);
          }
          assertThat(events.hasNext()).isFalse();
        });
    long offset = 0;
    for (Iterator<StoredEvent> all = reader.byOffset(1); all.hasNext(); ) {
      assertThat(all.next().offset()).isEqualTo(++offset);
    }
    assertThat(offset).isEqualTo(reader.durableOffset());
  }
}
