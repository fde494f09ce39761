package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.Sha256;
import io.saltus.persistence.rocks.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledSaverTest {

  private static final int ROUNDS = 3;
  private static final int SAVES = 5;

  @TempDir Path directory;

  @Test
  void whatever_has_a_digest_for_a_name_is_whole_after_kill_9() throws IOException {
    List<StoredCheckpoint> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (Child saver =
          Child.start(SavingProcess.class, directory.toString(), String.valueOf(round * 1000))) {
        for (int i = 0; i < SAVES; i++) {
          note(saver.line().orElseThrow(), acknowledged);
        }
        saver.kill();
        for (Optional<String> line = saver.line(); line.isPresent(); line = saver.line()) {
          note(line.get(), acknowledged);
        }
      }
    }
    CheckpointStore store = CheckpointStore.at(directory);
    Inventory inventory = store.inventory();
    assertThat(inventory.checkpoints())
        .containsAll(acknowledged)
        .hasSizeBetween(ROUNDS * SAVES, acknowledged.size() + ROUNDS)
        .allSatisfy(each -> assertThat(store.flaw(each.sha256(), each.bytes())).isEmpty());
    assertThat(inventory.halfWritten()).hasSizeLessThanOrEqualTo(ROUNDS);
    assertThat(inventory.foreign()).isEmpty();
    assertThat(store.load(acknowledged.get(0).sha256())).isEqualTo(Tensors.numbered(0, 1 << 20));
  }

  /** The last line of a killed process may be cut anywhere. */
  private static void note(String line, List<StoredCheckpoint> acknowledged) {
    String[] words = line.split(" ", -1);
    if (words.length == 4 && words[3].equals(".")) {
      acknowledged.add(new StoredCheckpoint(new Sha256(words[1]), Long.parseLong(words[2])));
    }
  }
}
