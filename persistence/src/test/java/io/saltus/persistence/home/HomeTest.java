package io.saltus.persistence.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.home.HomeException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

  @TempDir Path directory;

  private static void assertRefused(Home home, Reason reason, String message) {
    assertThatThrownBy(home::inspect)
        .isInstanceOfSatisfying(HomeException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message)
        .hasMessageContaining(home.root().toString());
    assertThatThrownBy(() -> home.lockForWriting("test")).isInstanceOf(HomeException.class);
  }

  @Test
  void looking_at_a_missing_or_an_empty_home_creates_nothing() throws IOException {
    Home missing = Home.at(directory.resolve("missing"));
    assertThat(missing.inspect()).isEqualTo(Home.State.MISSING);
    assertThatThrownBy(missing::requireForReading)
        .hasMessageStartingWith("there is no home here: " + missing.root());
    assertThat(Home.at(directory).requireForReading()).isEqualTo(Home.State.EMPTY);
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void the_first_writer_makes_the_home_for_its_owner_only_where_it_matters() throws IOException {
    Home home = Home.at(directory.resolve("a/b"));
    home.lockForWriting("test").close();

    assertThat(home.inspect()).isEqualTo(Home.State.READY);
    assertThat(home.journal()).isDirectory();
    assertThat(home.checkpoints()).isDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.control())))
        .isEqualTo("rwx------");
    assertThat(home.root().resolve("format")).hasContent("saltus-home 1");
    home.lockForWriting("again").close();
  }

  @Test
  void a_home_whose_making_was_interrupted_is_made_again() throws IOException {
    Files.createDirectory(directory.resolve("journal"));
    Files.createFile(directory.resolve("lock"));
    Files.createFile(directory.resolve("format.tmp"));
    Home home = Home.at(directory);
    assertThat(home.inspect()).isEqualTo(Home.State.EMPTY);
    home.lockForWriting("test").close();
    assertThat(home.inspect()).isEqualTo(Home.State.READY);
  }

  @Test
  void a_file_is_refused() throws IOException {
    assertRefused(
        Home.at(Files.createFile(directory.resolve("file"))),
        Reason.NOT_A_DIRECTORY,
        "the home is a file");
  }

  @Test
  void a_directory_with_something_else_is_refused_and_left_alone() throws IOException {
    Files.createFile(directory.resolve("thesis.tex"));
    assertRefused(Home.at(directory), Reason.FOREIGN, "holds something else (thesis.tex)");
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_newer_format_is_refused() throws IOException {
    Files.writeString(directory.resolve("format"), "saltus-home 2\n");
    assertRefused(Home.at(directory), Reason.NEWER_FORMAT, "has format 2 and this Saltus knows 1");
  }

  @Test
  void a_damaged_format_is_refused() throws IOException {
    Files.writeString(directory.resolve("format"), "\u0000\u0000");
    assertRefused(Home.at(directory), Reason.DAMAGED, "does not say what it is");
  }

  @Test
  void a_journal_without_a_format_is_damage() throws IOException {
    Files.createDirectory(directory.resolve("journal"));
    Files.createFile(directory.resolve("journal/CURRENT"));
    assertRefused(Home.at(directory), Reason.DAMAGED, "the home's format is missing");
  }

  @Test
  void a_journal_that_lost_its_current_file_is_damage_and_not_empty() throws IOException {
    Home home = Home.at(directory);
    home.lockForWriting("test").close();
    Files.createFile(home.journal().resolve("MANIFEST-000001"));
    assertThat(home.inspect()).as("killed while the database was made").isEqualTo(Home.State.READY);

    for (String file : new String[] {"000004.log", "000007.sst"}) {
      Path data = Files.createFile(home.journal().resolve(file));
      assertRefused(home, Reason.DAMAGED, "lost the file that says where it begins");
      assertThat(home.journal().resolve("CURRENT")).doesNotExist();
      Files.delete(data);
    }
  }

  @Test
  void a_home_that_may_not_be_made_says_so() throws IOException {
    // /proc refuses new directories to everybody, root included.
    assertThatThrownBy(() -> Home.at(Path.of("/proc/saltus-home")).lockForWriting("test"))
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_PERMITTED))
        .hasMessageContaining("/proc/saltus-home");
  }

  @Test
  void a_full_disk_says_so() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/full")));
    Home home = Home.at(directory.resolve("home"));
    home.lockForWriting("test").close();
    Files.createSymbolicLink(home.root().resolve("holder.tmp"), Path.of("/dev/full"));

    assertThatThrownBy(() -> home.lockForWriting("test"))
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL))
        .hasMessageStartingWith("no space left on the disk: " + home.root());
  }

  @Test
  void a_network_file_system_is_warned_about() {
    assertThat(Home.warnings(directory, "nfs4")).singleElement().asString().contains("(nfs4)");
    assertThat(Home.warnings(directory, "fuse.sshfs")).hasSize(1);
    assertThat(Home.warnings(directory, "ext4")).isEmpty();
    assertThat(Home.warnings(directory, "tmpfs")).isEmpty();
    assertThat(Home.at(directory.resolve("not/yet")).warnings()).isEmpty();
  }
}
