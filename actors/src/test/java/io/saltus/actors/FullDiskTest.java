package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, in a mount of its own. */
class FullDiskTest {

  @TempDir private Path directory;

  @Test
  void a_run_whose_disk_filled_up_is_paused_in_the_journal_and_goes_on_when_there_is_room()
      throws IOException, InterruptedException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(SmallDisk.mounts(disk), "this user cannot mount a small disk (unshare, mount)");

    List<String> said = SmallDisk.play(FullDiskProcess.class, disk);

    DurableHome undisturbed = new DurableHome(directory.resolve("undisturbed"));
    undisturbed.run(Script.learning(), "a", ScriptedProgram.spec(FullDiskProcess.STEPS));
    String digest = undisturbed.read(runs -> runs.computeDigest(FullDiskProcess.RUN)).toString();
    assertThat(said.subList(0, 4))
        .as("%s", said)
        .startsWith("filled", "told FAILED JOURNAL_FAILED", "resting [a]");
    assertThat(said.get(3)).startsWith("PAUSED DISK_FULL at ");
    assertThat(said.subList(5, said.size()))
        .containsExactly(
            "ballast false",
            "refused DISK_FULL",
            "told COMPLETED COMPLETED",
            "resting []",
            "COMPLETED COMPLETED at %d of %d"
                .formatted(FullDiskProcess.STEPS, FullDiskProcess.STEPS),
            "digest " + digest,
            "ballast true");
  }
}
