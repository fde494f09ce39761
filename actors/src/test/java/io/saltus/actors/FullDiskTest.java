package io.saltus.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, in a mount of its own. */
class FullDiskTest {

  private static final String MOUNT = "mount -t tmpfs -o size=24m none \"$0\"";

  @TempDir private Path directory;

  @Test
  void a_run_whose_disk_filled_up_is_paused_in_the_journal_and_goes_on_when_there_is_room()
      throws IOException, InterruptedException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(mounts(disk), "this user cannot mount a small disk (unshare, mount)");

    List<String> said = child(disk);

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

  private static boolean mounts(Path disk) throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-m", "sh", "-c", MOUNT, disk.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> child(Path disk) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "-m", "sh", "-c", MOUNT + " && exec \"$@\"", disk.toString()));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FullDiskProcess.class.getName(),
            disk.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }
}
