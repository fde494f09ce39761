package io.saltus.app.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.app.problem.Refusal;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("tokens"), text);
  }

  @Test
  void lines_that_were_made_are_read_again() throws IOException {
    Token full = Token.of(Access.FULL, "one", "mine");
    Token read = Token.of(Access.READ, "two", "the screen in the hall");
    Path file = file("# ours\n\n" + full.line() + "\n  " + read.line() + "  \n");

    assertThat(TokenFile.read(file)).isEqualTo(List.of(full, read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "full",
        "full abc label",
        "admin 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 x",
        "full 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08 x"
      })
  void what_is_no_file_of_tokens_is_refused(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> TokenFile.read(file))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("token");
  }

  @Test
  void a_file_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> TokenFile.read(directory.resolve("none")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("--token-file");
  }

  @Test
  void the_token_of_a_server_is_its_owners_alone_and_gone_with_it() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    try (HomeLock lock = home.lockForWriting("test")) {
      Files.createDirectories(lock.home().control());
      Path file = lock.home().control().resolve("token");
      try (OwnToken token = OwnToken.make(home, new Random(1))) {
        assertThat(file).hasContent(token.secret());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        assertThat(token.secret()).matches("[A-Za-z0-9_-]{43}");
        assertThat(token.token())
            .isEqualTo(Token.of(Access.FULL, token.secret(), "of this server"));
      }
      assertThat(file).doesNotExist();
    }
  }
}
