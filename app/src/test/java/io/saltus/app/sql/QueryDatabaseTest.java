package io.saltus.app.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries are cancelled, and their rows never held. */
class QueryDatabaseTest {

  @TempDir private Path directory;
  private RocksStore store;
  private JournalReader journal;
  private QueryDatabase database;

  @BeforeEach
  void open() throws IOException, SQLException {
    store = RocksStore.open(directory, StoreOptions.defaults(), Clock.systemUTC());
    journal = store.reader();
    database = QueryDatabase.of(new RunReader(journal), List.of(), (run, status) -> status.text());
  }

  @AfterEach
  void close() throws IOException, SQLException {
    database.close();
    journal.close();
    store.close();
  }

  @Test
  void a_query_that_would_take_for_ever_is_cancelled_and_the_next_one_runs() throws SQLException {
    assertThat(database.cancel()).isFalse();
    CompletableFuture<Void> endless =
        CompletableFuture.runAsync(
            () -> {
              try {
                database.run(
                    "SELECT count(*) FROM range(10000000000) a, range(1000000) b WHERE a.range = b.range * 3.5",
                    ResultSet::next);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              database.cancel();
              return endless.isDone();
            });
    assertThatThrownBy(endless::join).hasRootCauseInstanceOf(SQLException.class);
    List<String> lines = new ArrayList<>();
    database.run("SELECT 1 AS one", RowFormat.json(lines::add));
    assertThat(lines).containsExactly("{\"one\":1}");
  }

  @Test
  void rows_come_while_the_query_goes_on() throws SQLException {
    AtomicLong seen = new AtomicLong();
    // A billion rows of 8 bytes do not fit into this process.
    database.run(
        "SELECT range FROM range(1000000000)",
        rows -> {
          while (seen.get() < 100_000 && rows.next()) {
            seen.incrementAndGet();
          }
        });
    assertThat(seen).hasValue(100_000);
  }

  @Test
  void tables_for_people_go_on_in_the_same_columns() throws SQLException {
    List<String> lines = new ArrayList<>();
    database.run("SELECT range AS n, 'x' AS t FROM range(1200)", RowFormat.text(lines::add));
    assertThat(lines).hasSize(1201);
    assertThat(lines.get(0)).isEqualTo("  n  t");
    assertThat(lines.get(1)).isEqualTo("  0  x");
    assertThat(lines.get(1200)).isEqualTo("1199  x");
  }

  @Test
  void its_directory_is_gone_when_it_is_closed() throws IOException, SQLException {
    QueryDatabase other =
        QueryDatabase.of(new RunReader(journal), List.of(), (run, status) -> status.text());
    Path place = other.directory();
    assertThat(place).isDirectory();
    other.close();
    assertThat(place).doesNotExist();
  }
}
