package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Homes that cannot be written, are full, foreign or damaged: what is said, and what is kept. */
class HomeTroubleTest {

  @TempDir Path directory;
  private Console console;
  private String spec = "";

  @BeforeEach
  void write() throws IOException {
    spec = Scripted.spec(directory);
    console = new Console(directory);
  }

  @Test
  void a_home_that_may_only_be_read_is_read_and_never_written() throws Exception {
    assertThat(console.run("run", spec, "--name", "a").code()).isZero();
    String shown = console.run("show", "a", "--format", "json").out();

    List<Outcome> outcomes =
        new OwnDisk(directory, 1)
            .run(
                "mount -t tmpfs tmpfs \"$D\"; cp -a \"$D/../.saltus\" \"$D/home\";"
                    + " mount -o remount,ro \"$D\"",
                "show a --format json --home disk/home",
                "runs --home disk/home",
                "events a --home disk/home",
                "journal check --home disk/home",
                "verify a --home disk/home",
                "run " + spec + " --home disk/home",
                "resume a --home disk/home",
                "extend a --steps 300 --home disk/home",
                "tag a seen=yes --home disk/home",
                "run " + spec + " --home disk/new");

    assertThat(outcomes.get(0)).isEqualTo(new Outcome(0, shown, ""));
    assertThat(outcomes.subList(1, 4)).allSatisfy(reader -> assertThat(reader.code()).isZero());
    Outcome verified = outcomes.get(4);
    assertThat(verified.code()).isZero();
    assertThat(verified.out()).startsWith("a: steps 1 to 200 are bit for bit as recorded");
    assertThat(verified.err()).contains("warning: the result is not in the journal: the home may");
    assertThat(outcomes.get(6).code()).as("complete, so only shown").isZero();
    for (int refused : new int[] {5, 7, 8, 9}) {
      assertThat(outcomes.get(refused).code()).as(outcomes.get(refused).err()).isEqualTo(2);
      assertThat(outcomes.get(refused).out()).isEmpty();
      assertThat(outcomes.get(refused).err())
          .startsWith("saltus: the home may not be written: " + directory.resolve("disk"))
          .contains("Check its owner and permissions, or choose another with --home.")
          .hasLineCount(1);
    }
  }

  @Test
  void on_a_full_disk_no_run_begins_and_nothing_is_created() throws Exception {
    Outcome refused =
        new OwnDisk(directory, 1)
            .run(
                "mount -t tmpfs -o size=2m tmpfs \"$D\"; head -c 1500000 /dev/zero >\"$D/ballast\"",
                "run " + spec + " --home disk/home",
                "runs --home disk/home")
            .get(0);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .isEqualTo(
            "saltus: no space left on the disk: "
                + directory.resolve("disk/home")
                + ". Free some and start again.\n");
  }

  @Test
  void a_disk_that_fills_up_lets_the_run_rest_and_it_ends_as_if_nothing_had_been()
      throws Exception {
    String large = Scripted.spec(directory, "checkpoint.keep-last = 100");
    String undisturbed = Scripted.digest(console.run("run", large, "--format", "json"));

    // A state of 2.8 MB at every 50 steps, and room for some of them beside the home's ballast.
    List<Outcome> outcomes =
        new OwnDisk(directory, 350_000)
            .run(
                "mount -t tmpfs -o size=32m tmpfs \"$D\"; head -c 16000000 /dev/zero >\"$D/ballast\"",
                "run " + large + " --name a --home disk/home",
                "show a --format json --home disk/home",
                "rm disk/ballast",
                "resume a --format json --home disk/home",
                "journal check --home disk/home");

    Outcome full = outcomes.get(0);
    assertThat(full.code()).as(full.err()).isEqualTo(1);
    assertThat(full.err()).contains("saltus: the run paused at step ").contains("disk-full");
    assertThat(outcomes.get(1).out()).contains("\"status\":\"paused\"");
    assertThat(outcomes.get(2).code()).as(outcomes.get(2).err()).isZero();
    assertThat(outcomes.get(2).out()).contains("\"status\":\"completed\",\"step\":200");
    assertThat(Scripted.digest(outcomes.get(2))).isEqualTo(undisturbed);
    assertThat(outcomes.get(3).out()).startsWith("sound: ");
  }

  @Test
  void a_disk_that_has_no_room_for_the_journal_pauses_the_run_and_loses_nothing_shown()
      throws Exception {
    String undisturbed =
        Scripted.digest(console.run("run", spec, "--steps", "5000", "--format", "json"));

    List<Outcome> outcomes =
        new OwnDisk(directory, 1)
            .run(
                "mount -t tmpfs -o size=24m tmpfs \"$D\"",
                "fill-at 120 disk/filler",
                "run " + spec + " --steps 5000 --name a --home disk/home",
                "rm disk/filler",
                "show a --format json --home disk/home",
                "fill-at -1 disk/filler",
                "resume a --format json --home disk/home",
                "journal check --home disk/home");

    assertThat(outcomes.get(0).code()).as(outcomes.get(0).err()).isEqualTo(1);
    assertThat(outcomes.get(0).err()).contains("no space left on the disk");
    assertThat(outcomes.get(1).out()).contains("\"status\":\"paused\"");
    assertThat(outcomes.get(2).code()).as(outcomes.get(2).err()).isZero();
    assertThat(Scripted.digest(outcomes.get(2))).isEqualTo(undisturbed);
    assertThat(outcomes.get(3).out()).startsWith("sound: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "current | the journal cannot be opened | 1",
        "lost | the journal has lost the file that says where it begins | 1",
        "format | this does not say what it is | 1",
        "foreign | this database is not a journal of Saltus | 2",
      })
  void a_database_that_is_damaged_or_not_ours_is_named_and_left_alone(
      String defect, String says, int code) throws Exception {
    assertThat(console.run("run", spec, "--name", "a").code()).isZero();
    Path home = directory.resolve(".saltus");
    damage(defect, home);
    SortedMap<String, Long> before = journal(home);

    for (String command :
        List.of("show a", "runs", "events a", "metrics a", "tag a x=y", "run " + spec)) {
      Outcome outcome = console.run(command.split(" "));
      assertThat(outcome.code()).as(command + ": " + outcome.err()).isEqualTo(code);
      assertThat(outcome.err())
          .as(command)
          .startsWith("saltus: " + says)
          .contains(home.toString())
          .hasLineCount(1);
      assertThat(outcome.out()).isEmpty();
    }
    if (defect.equals("foreign")) {
      assertThat(theirs(home)).as("their data").isEqualTo(new byte[] {2});
    } else {
      assertThat(journal(home)).isEqualTo(before);
    }
  }

  /** Without RocksDB's diary, in which every opening is written down. */
  private static SortedMap<String, Long> journal(Path home) throws IOException {
    SortedMap<String, Long> files = Scripted.files(home.resolve("journal"));
    files.keySet().removeIf(name -> name.startsWith("LOG"));
    return files;
  }

  private static byte[] theirs(Path home) throws RocksDBException {
    try (Options options = new Options();
        RocksDB foreign = RocksDB.open(options, home.resolve("journal").toString())) {
      return foreign.get(new byte[] {1});
    }
  }

  private static void damage(String defect, Path home) throws IOException, RocksDBException {
    Path journal = home.resolve("journal");
    switch (defect) {
      case "current" -> Files.writeString(journal.resolve("CURRENT"), "MANIFEST-999999\n");
      case "lost" -> Files.delete(journal.resolve("CURRENT"));
      case "format" -> Files.writeString(home.resolve("format"), "thesis\n");
      default -> {
        try (Stream<Path> files = Files.list(journal)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        try (Options options = new Options().setCreateIfMissing(true);
            RocksDB foreign = RocksDB.open(options, journal.toString())) {
          foreign.put(new byte[] {1}, new byte[] {2});
        }
      }
    }
  }
}
