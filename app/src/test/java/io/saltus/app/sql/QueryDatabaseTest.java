package io.saltus.app.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.RunEvent.ImportOrigin;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.Steps;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.rocks.StoreOptions;
import io.saltus.persistence.runs.ImportedRunWriter;
import io.saltus.persistence.runs.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
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
    database =
        QueryDatabase.of(
            new RunReader(journal), List.of(), (run, status) -> status.text(), () -> true);
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
                    (rows, wanted) -> rows.next());
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
        (rows, wanted) -> {
          while (seen.get() < 100_000 && rows.next()) {
            seen.incrementAndGet();
          }
        });
    assertThat(seen).hasValue(100_000);
  }

  @Test
  void who_cancels_while_rows_come_gets_no_more_of_them() {
    List<String> lines = new ArrayList<>();
    RowPrinter printer =
        RowFormat.json(
            line -> {
              lines.add(line);
              database.cancel();
            });
    assertThatThrownBy(() -> database.run("SELECT range FROM range(1000000000)", printer))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("cancelled");
    assertThat(lines).hasSize(1);
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
        QueryDatabase.of(
            new RunReader(journal), List.of(), (run, status) -> status.text(), () -> true);
    Path place = other.directory();
    assertThat(place).isDirectory();
    other.close();
    assertThat(place).doesNotExist();
  }

  @Test
  void filling_ends_wherever_it_is_told_to() throws IOException, SQLException {
    RunId run = new RunId("one");
    ImportedRunWriter writer =
        ImportedRunWriter.begin(
            store,
            Clock.systemUTC(),
            new RunImported(
                run,
                "log",
                ImportOrigin.CSV,
                new TreeMap<>(Map.of("lr", "0.1")),
                Optional.empty(),
                new CodeProvenance("test", Optional.empty(), false, Optional.empty())),
            Optional.empty());
    MetricName loss = new MetricName("loss");
    writer.start(
        new Catalogue(
            List.of(new MetricDescriptor(loss, "", ColumnKind.F64, 1, "", "", true, false))));
    writer.add(
        new MetricFrame(0, 0, List.of(new F64Column(loss, Steps.of(0), new double[] {2.5}))));
    writer.end(AttemptEnd.COMPLETED, "");

    AtomicInteger looks = new AtomicInteger();
    filled(run, () -> looks.incrementAndGet() > 0).close();
    // One for each table at least, and of events there are several.
    assertThat(looks).hasValueGreaterThan(5);
    for (int allowed = 0; allowed < looks.get(); allowed++) {
      AtomicInteger left = new AtomicInteger(allowed);
      assertThatThrownBy(() -> filled(run, () -> left.getAndDecrement() > 0))
          .as("after %d looks", allowed)
          .isInstanceOf(CancellationException.class);
    }
  }

  private QueryDatabase filled(RunId run, BooleanSupplier goOn) throws IOException, SQLException {
    try (JournalReader now = store.reader()) {
      return QueryDatabase.of(
          new RunReader(now), List.of(run), (each, status) -> status.text(), goOn);
    }
  }
}
