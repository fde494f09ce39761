package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A person at a terminal who asks one query after the other. */
@EnabledIf("io.saltus.app.cli.TypedSaltus#isPossible")
class SqlPromptTest {

  private static final String PROMPT = "sql> ";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String ENDLESS =
      "SELECT count(*) FROM range(10000000000) a, range(1000000) b WHERE a.range = b.range * 3.5;";

  @TempDir Path directory;
  private Path temporary;
  private TypedSaltus saltus;

  @BeforeEach
  void aPrompt() throws IOException {
    temporary = Files.createDirectories(directory.resolve("temporary"));
    Console console = new Console(directory);
    assertThat(
            console.run("run", Scripted.spec(directory), "--name", "one", "--steps", "20").code())
        .isZero();
    saltus = TypedSaltus.start(directory.resolve(".saltus"), temporary, "sql");
    saltus.await(PROMPT);
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    saltus.kill();
    assertThat(temporary).isEmptyDirectory();
  }

  /** What a statement is answered with. */
  private List<String> asked(String statement) throws IOException {
    saltus.type(statement + "\n");
    List<String> lines = saltus.await("\n" + PROMPT).lines().toList();
    // Before it stands what was typed.
    return lines.subList(1, lines.size() - 1);
  }

  @Test
  void one_statement_after_the_other_is_answered_and_a_wrong_one_ends_nothing() throws Exception {
    assertThat(asked("SELECT run, step FROM runs;")).containsExactly("run  step", "one    20");
    assertThat(asked("SELEC 1;"))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("saltus: ").contains("yntax"));
    assertThat(asked("DROP TABLE parameters;")).singleElement().asString().startsWith("saltus: ");
    saltus.type("SELECT 6 * 7\n");
    saltus.await("...> ");
    assertThat(asked("AS answer;")).containsExactly("answer", "    42");
    saltus.type("exit\n");
    assertThat(saltus.end()).isZero();
  }

  @Test
  void what_is_wider_than_the_terminal_is_whole_and_null_is_empty() throws Exception {
    String wide = "x".repeat(100);
    assertThat(asked("SELECT NULL AS a, repeat('x', 100) AS wide, 1 AS n, NULL AS b;"))
        .containsExactly("a  wide" + " ".repeat(98) + "n  b", "   " + wide + "  1");
    saltus.type(CTRL_D);
    assertThat(saltus.end()).isZero();
  }

  @Test
  void hostile_names_and_values_do_not_reach_the_terminal() throws Exception {
    assertThat(asked("SELECT chr(27) || '[31m' || chr(8238) AS \"a" + '\t' + "b\";"))
        .last()
        .isEqualTo("\\x1b[31m\\u202e");
    assertThat(asked("SELECT * FROM \"" + "n".repeat(20) + "\";"))
        .singleElement()
        .asString()
        .startsWith("saltus: ");
    assertThat(saltus.screen()).doesNotContain("\u001b[31m", "\u202e");
    saltus.type("quit;\n");
    assertThat(saltus.end()).isZero();
  }

  @Test
  void ctrl_c_takes_back_what_is_typed_and_cancels_what_runs() throws Exception {
    saltus.type("SELECT 'never'\n");
    saltus.await("...> ");
    saltus.type(CTRL_C);
    saltus.await(PROMPT);
    assertThat(asked("SELECT 1 AS one;")).containsExactly("one", "  1");

    saltus.type(CTRL_D);
    assertThat(saltus.end()).isZero();

    saltus = TypedSaltus.start(directory.resolve(".saltus"), temporary, "sql", "--format", "csv");
    saltus.await(PROMPT);
    saltus.type("SELECT range FROM range(1000000000000);\n");
    saltus.await("\n1000\n");
    saltus.type(CTRL_C);
    saltus.await("the query was cancelled");
    saltus.await(PROMPT);
    assertThat(asked("SELECT 2 AS two;")).containsExactly("two", "2");
    saltus.type(CTRL_D);
    assertThat(saltus.end()).isZero();
  }

  @Test
  void a_signal_ends_it_while_it_waits_and_while_a_query_runs() throws Exception {
    saltus.signal("TERM");
    assertThat(saltus.end()).isEqualTo(130);

    saltus = TypedSaltus.start(directory.resolve(".saltus"), temporary, "sql");
    saltus.await(PROMPT);
    saltus.type(ENDLESS + "\n");
    saltus.await("3.5;");
    saltus.signal("HUP");
    assertThat(saltus.end()).isEqualTo(130);
  }
}
