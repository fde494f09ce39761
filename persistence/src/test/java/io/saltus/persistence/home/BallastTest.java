package io.saltus.persistence.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.persistence.home.HomeException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BallastTest {

  @TempDir Path directory;
  private HomeLock lock;
  private Ballast ballast;

  @BeforeEach
  void hold() {
    lock = Home.at(directory.resolve("home")).lockForWriting("test");
    ballast = Ballast.of(lock.home());
  }

  @AfterEach
  void release() {
    lock.close();
  }

  private Path file() {
    return lock.home().root().resolve("ballast");
  }

  @Test
  void it_is_as_large_as_it_says_and_cannot_be_stored_in_less() throws IOException {
    ballast.require();
    assertThat(file()).hasSize(Ballast.BYTES);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
      Files.copy(file(), out);
    }
    assertThat(compressed.size()).isGreaterThanOrEqualTo(Ballast.BYTES);
  }

  @Test
  void one_that_is_whole_is_left_alone() throws IOException {
    ballast.require();
    Object made = Files.readAttributes(file(), "unix:ino").get("ino");
    ballast.require();
    assertThat(Files.readAttributes(file(), "unix:ino").get("ino")).isEqualTo(made);
  }

  @Test
  void one_that_was_dropped_or_cut_or_half_made_is_made_again() throws IOException {
    ballast.require();
    ballast.drop();
    assertThat(file()).doesNotExist();
    ballast.drop();
    Files.write(file(), new byte[100]);
    Files.write(lock.home().root().resolve("ballast.tmp"), new byte[7]);
    ballast.require();
    assertThat(file()).hasSize(Ballast.BYTES);
    assertThat(lock.home().root().resolve("ballast.tmp")).doesNotExist();
  }

  @Test
  void a_directory_with_nothing_but_one_can_still_become_a_home() throws IOException {
    Home other = Home.at(Files.createDirectory(directory.resolve("other")));
    Files.createFile(other.root().resolve("ballast"));
    Files.createFile(other.root().resolve("ballast.tmp"));
    assertThat(other.inspect()).isEqualTo(Home.State.EMPTY);
  }

  @Test
  void what_cannot_be_written_refuses_a_run() throws IOException {
    Files.createDirectories(lock.home().root().resolve("ballast.tmp").resolve("x"));
    assertThatThrownBy(ballast::require)
        .isInstanceOfSatisfying(
            HomeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_PERMITTED));
  }
}
