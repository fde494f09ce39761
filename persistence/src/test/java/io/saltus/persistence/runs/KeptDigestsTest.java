package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.rocks.NewEvent;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDigestsTest {

  private static final RunId RUN = new RunId("a");

  @TempDir Path directory;

  @Test
  void a_kept_digest_is_there_for_other_processes_until_the_series_changes() {
    try (RocksStore store =
        RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC())) {
      append(store, 1, RunScript.submitted(RUN));
      append(store, 2, RunScript.started(1, -1));
      append(store, 3, RunScript.frame(1, 0, 20));
      KeptDigests.keep(store, RUN, Instant.EPOCH).join();
      Sha256 kept;
      try (JournalReader journal = RocksReaders.open(directory)) {
        RunReader reader = new RunReader(journal);
        kept = reader.state(RUN).seriesDigest().orElseThrow();
        assertThat(kept).isEqualTo(reader.computeDigest(RUN));
      }
      append(store, 4, RunScript.frame(1, 21, 30));
      try (JournalReader journal = RocksReaders.open(directory)) {
        RunReader reader = new RunReader(journal);
        assertThat(reader.state(RUN).seriesDigest()).isEmpty();
        assertThat(reader.digest(RUN)).isNotEqualTo(kept);
      }
    }
  }

  private static void append(RocksStore store, long sequence, RunEvent event) {
    EventCodec<RunEvent> codec = EventCodec.ofRuns();
    store
        .append(
            "run|" + RUN,
            List.of(
                NewEvent.of(
                    sequence,
                    Instant.EPOCH,
                    new SerializedValue(
                        RunEventSerializer.ID,
                        codec.manifest(event),
                        Bytes.wrap(codec.encode(event))))))
        .join();
  }
}
