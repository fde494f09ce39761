package io.saltus.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.report.RunTable;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleTest {

  private static final int TRAINERS = 20;
  private static final int QUEUED = 200;
  private static final int RUNS = 1_000;

  @TempDir Path directory;

  @Test
  void no_frame_of_many_trainers_is_lost_when_they_are_killed_and_the_queue_is_there()
      throws Exception {
    LivePart.Result result =
        LivePart.run(
            directory, new ScaleOptions(TRAINERS, 10, 2, QUEUED, RUNS, Optional.of(directory)));

    Aftermath aftermath = result.aftermath();
    assertThat(aftermath.lost()).isZero();
    assertThat(aftermath.wrong()).isZero();
    assertThat(aftermath.frames()).isGreaterThan(TRAINERS);
    assertThat(aftermath.waiting()).isEqualTo(QUEUED);
    assertThat(aftermath.interrupted()).isEqualTo(TRAINERS);
    assertThat(aftermath.leases()).isZero();
  }

  @Test
  void many_finished_runs_are_listed_the_same_with_the_index_and_without() throws Exception {
    Path root = directory.resolve("home");
    FinishedHome.fill(root, RUNS);
    List<String> without = table(root);

    FinishedHome.index(root);
    List<String> with = table(root);
    Files.delete(Home.at(root).runIndex());

    assertThat(with).hasSize(RUNS + 1).isEqualTo(without).isEqualTo(table(root));
    assertThat(with.get(RUNS)).startsWith(Homestead.run(RUNS - 1) + "  completed");
  }

  private static List<String> table(Path root) {
    Home home = Home.at(root);
    try (JournalReader journal = RocksReaders.open(home.journal())) {
      RunReader runs = new RunReader(journal, RunIndexFile.at(home.runIndex()));
      assertThat(runs.resolve("@last")).isEqualTo(Homestead.run(RUNS - 1));
      return RunTable.lines(runs.summaries().runs(), run -> run.status().text());
    }
  }
}
