package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.cli.Console.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** SQL over the runs of a home, which can change nothing and reach nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlTest {

  private Path directory;
  private Console console;

  @BeforeAll
  void aHomeWithARun(@TempDir Path given) throws IOException {
    directory = given;
    console = new Console(directory);
    assertThat(
            console
                .run("run", Scripted.spec(directory), "--name", "one", "--tag", "kind=test")
                .code())
        .isZero();
    Files.writeString(directory.resolve("secret.csv"), "a\n42\n");
  }

  private Outcome sql(String query, String... more) {
    return console.run(
        Stream.concat(Stream.of("sql", query), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void tables_hold_runs_parameters_metrics_events_and_jumps() {
    assertThat(sql("SELECT run, status, step, tags FROM runs", "--format", "json").out())
        .isEqualTo(
            "{\"run\":\"one\",\"status\":\"completed\",\"step\":200,"
                + "\"tags\":\"{\\\"kind\\\":\\\"test\\\"}\"}\n");
    assertThat(sql("SELECT number FROM parameters WHERE name = 'steps'", "--format", "csv").out())
        .isEqualTo("number\n200\n");
    assertThat(
            sql(
                    "SELECT count(*) AS n, max(step) AS s FROM metrics WHERE metric='train.loss'",
                    "--format",
                    "json")
                .out())
        .isEqualTo("{\"n\":200,\"s\":200}\n");
    assertThat(sql("SELECT type FROM events ORDER BY sequence LIMIT 1").out())
        .contains("RunSubmitted");
    assertThat(sql("SELECT count(*) FROM jumps").code()).isZero();
  }

  @Test
  void a_value_is_what_was_recorded() {
    String step = "SELECT value FROM metrics WHERE metric='train.loss' AND step=17";
    String value = sql(step, "--format", "csv").lines().get(1);
    String recorded =
        console
            .run("metrics", "one", "--metric", "train.loss", "--from", "17", "--until", "17")
            .lines()
            .get(1);
    assertThat((float) Double.parseDouble(value))
        .isEqualTo(Float.parseFloat(recorded.substring(recorded.indexOf(',') + 1)));
  }

  @Test
  void what_is_wrong_with_a_query_is_said_on_one_line() {
    Outcome wrong = sql("SELEC 1");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err().lines()).hasSize(1);
    assertThat(wrong.err()).startsWith("saltus: ").contains("yntax");
    assertThat(sql(" ").code()).isEqualTo(2);
    assertThat(sql("SELECT 1", "--format", "xml").code()).isEqualTo(2);
  }

  @Test
  void without_a_query_standard_input_is_read() {
    Outcome outcome =
        new Console(directory).typing("SELECT 6 * 7 AS answer").run("sql", "--format", "json");
    assertThat(outcome.out()).isEqualTo("{\"answer\":42}\n");
  }

  @Test
  void csv_and_json_keep_every_kind_of_value() {
    String query =
        "SELECT NULL AS a, 'x,\"y' AS b, true AS c, 'nan'::DOUBLE AS d, 0.1::FLOAT AS e,"
            + " 170141183460469231731687303715884105727 AS f, 1.50::DECIMAL(4,2) AS g";
    assertThat(sql(query, "--format", "csv").out())
        .isEqualTo(
            "a,b,c,d,e,f,g\n,\"x,\"\"y\",true,NaN,0.1,"
                + "170141183460469231731687303715884105727,1.50\n");
    assertThat(sql(query, "--format", "json").out())
        .isEqualTo(
            "{\"a\":null,\"b\":\"x,\\\"y\",\"c\":true,\"d\":\"NaN\",\"e\":0.1,"
                + "\"f\":170141183460469231731687303715884105727,\"g\":1.50}\n");
  }

  @Test
  void texts_cannot_move_the_cursor() {
    assertThat(sql("SELECT chr(27) || '[31m' AS \"x\"").out()).doesNotContain("\u001b");
    Outcome terminal =
        new Console(directory).onTerminal().run("sql", "SELECT chr(27) AS x", "--format", "csv");
    assertThat(terminal.out()).doesNotContain("\u001b");
  }

  @Test
  void nothing_can_be_written_read_loaded_or_set() throws IOException {
    Path out = directory.resolve("out");
    Path secret = directory.resolve("secret.csv");
    for (String attack :
        List.of(
            "INSERT INTO parameters VALUES ('one', 'a', 'b', 1)",
            "UPDATE parameters SET value = 'x'",
            "DELETE FROM jumps",
            "DROP VIEW runs",
            "DROP TABLE parameters",
            "CREATE TABLE t(a INTEGER)",
            "CREATE VIEW v AS SELECT 1",
            "ALTER TABLE parameters ADD COLUMN x INTEGER",
            "COPY parameters TO '%s'".formatted(out),
            "COPY (SELECT 1) TO '%s' (FORMAT csv)".formatted(out),
            "COPY parameters FROM '%s'".formatted(secret),
            "EXPORT DATABASE '%s'".formatted(out),
            "IMPORT DATABASE '%s'".formatted(directory),
            "SELECT * FROM '%s'".formatted(secret),
            "SELECT * FROM read_csv('%s')".formatted(secret),
            "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM read_blob('/etc/passwd')",
            "SELECT * FROM glob('/*')",
            "SELECT * FROM read_parquet('%s/*')".formatted(directory),
            "SELECT * FROM read_json('%s')".formatted(secret),
            "ATTACH '%s' AS other".formatted(out),
            "ATTACH '%s' AS other (READ_ONLY)".formatted(secret),
            "INSTALL httpfs",
            "LOAD httpfs",
            "LOAD '/tmp/x.duckdb_extension'",
            "INSTALL x FROM community",
            "SET enable_external_access = true",
            "SET lock_configuration = false",
            "SET memory_limit = '1TB'",
            "SET threads = 64",
            "RESET lock_configuration",
            "PRAGMA enable_external_access",
            "SET allow_unsigned_extensions = true",
            "SET temp_directory = '%s'".formatted(out),
            "SET GLOBAL autoload_known_extensions = true",
            "CREATE SECRET s (TYPE s3)",
            "SELECT * FROM 'http://127.0.0.1:9/x.csv'",
            "SELECT 1; COPY parameters TO '%s'".formatted(out))) {
      Outcome outcome = sql(attack);
      assertThat(outcome.code()).as(attack + ": " + outcome.out()).isEqualTo(2);
      assertThat(outcome.out()).as(attack).doesNotContain("42");
    }
    assertThat(out).doesNotExist();
    assertThat(sql("SELECT count(*) AS n FROM runs", "--format", "json").out())
        .isEqualTo("{\"n\":1}\n");
  }

  @Test
  void without_a_home_there_is_nothing_to_ask() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    Console other = new Console(empty);
    assertThat(other.run("sql", "SELECT * FROM runs").code()).isEqualTo(2);
  }
}
