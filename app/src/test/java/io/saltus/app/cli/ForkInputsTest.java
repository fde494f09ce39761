package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forks of a run whose input files lie where its spec said, which no event may hold. */
class ForkInputsTest {

  private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{64})\"");

  @TempDir Path directory;
  private Console console;
  private String digest = "";

  @BeforeEach
  void run() throws IOException {
    Path data = CraftedPictures.write(directory.resolve("data"));
    Path spec =
        Files.writeString(
            directory.resolve("spec.conf"),
            """
            include "fashion-mnist"
            task { path = "%s", train-samples = 600 }
            model.width = 8
            batch-size = 32
            steps = 20
            """
                .formatted(data));
    console = new Console(directory).programs(Programs.installed());
    Outcome outcome = console.run("run", spec.toString(), "--name", "a", "--format", "json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    digest = digest(outcome);
  }

  @Test
  void an_unchanged_fork_finds_the_files_of_its_parent() {
    Outcome fork = console.run("fork", "a", "--step", "0", "--format", "json");

    assertThat(fork.code()).as(fork.err()).isZero();
    assertThat(digest(fork)).isEqualTo(digest);
    assertThat(fork.out()).contains("\"tags\":{}");
  }

  @Test
  void the_same_files_at_another_place_are_no_new_data() throws IOException {
    Path copy = CraftedPictures.write(directory.resolve("copy"));
    Outcome fork =
        console.run("fork", "a", "--step", "0", "--set", "task.path=" + copy, "--format", "json");

    assertThat(fork.code()).as(fork.err()).isZero();
    assertThat(digest(fork)).isEqualTo(digest);
  }

  @Test
  void files_that_have_changed_are_refused_and_others_need_leave() throws IOException {
    change(directory.resolve("data"));
    Outcome changed = console.run("fork", "a", "--step", "0");
    assertThat(changed.code()).isEqualTo(2);
    assertThat(changed.err()).contains("the input test-images of a has changed: its SHA-256 was ");

    String other = "task.path=" + change(CraftedPictures.write(directory.resolve("other")));
    Outcome refused = console.run("fork", "a", "--step", "0", "--set", other);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--allow-new-data");
    assertThat(console.run("runs", "--format", "json").lines()).hasSize(1);
  }

  private static Path change(Path data) throws IOException {
    Path images = data.resolve("t10k-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    bytes[bytes.length - 1] ^= 1;
    Files.write(images, bytes);
    return data;
  }

  private static String digest(Outcome outcome) {
    Matcher digest = DIGEST.matcher(outcome.out());
    assertThat(digest.find()).as(outcome.err()).isTrue();
    return digest.group(1);
  }
}
