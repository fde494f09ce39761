package io.saltus.app.sql;

import io.saltus.app.json.Json;
import io.saltus.app.json.RecordJson;
import io.saltus.app.report.EventAttempts;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Runs as the tables {@code runs}, {@code parameters}, {@code metrics}, {@code events} and {@code
 * jumps}; their columns stand in {@code docs/formats/tables.md}. The names of runs and metrics
 * stand once each, and values lie in the columns of their frames: {@code metrics} is a view that
 * takes these apart, which is ten times quicker than handing over a value at a time.
 */
final class RunTables {

  /** The tables that people see, in the order of the documentation. */
  static final List<String> NAMES = List.of("runs", "parameters", "metrics", "events", "jumps");

  private static final String PARTS = "parts";
  private static final String MAIN = "main";

  private static final List<String> SCHEMA =
      List.of(
          "CREATE SCHEMA parts",
          "CREATE TABLE parts.runs(run VARCHAR, experiment VARCHAR, name VARCHAR, status VARCHAR,"
              + " origin VARCHAR, step BIGINT, steps BIGINT, seed BIGINT, device VARCHAR,"
              + " attempts INTEGER, exact BOOLEAN, digest VARCHAR, events BIGINT,"
              + " submitted BIGINT, parent VARCHAR, parent_step BIGINT, tags VARCHAR,"
              + " note VARCHAR, archived BOOLEAN, error VARCHAR)",
          "CREATE TABLE parameters(run VARCHAR, name VARCHAR, value VARCHAR, number DOUBLE)",
          "CREATE TABLE parts.run_names(id INTEGER, run VARCHAR)",
          "CREATE TABLE parts.metric_names(id INTEGER, metric VARCHAR)",
          "CREATE TABLE parts.columns(run INTEGER, metric INTEGER, steps BIGINT[],"
              + " points DOUBLE[], attempt INTEGER, recorded BIGINT)",
          "CREATE TABLE parts.events(run VARCHAR, sequence BIGINT, recorded BIGINT, type VARCHAR,"
              + " attempt INTEGER, data VARCHAR)",
          "CREATE TABLE jumps(run VARCHAR, metric VARCHAR, kind VARCHAR, onset_step DOUBLE,"
              + " midpoint_step DOUBLE, end_step DOUBLE, level_before DOUBLE, level_after DOUBLE,"
              + " delta DOUBLE, decades DOUBLE, sharp VARCHAR, censored BOOLEAN, p DOUBLE,"
              + " q DOUBLE, delay DOUBLE, evidence VARCHAR)",
          "CREATE VIEW runs AS SELECT * REPLACE (make_timestamp(submitted) AS submitted)"
              + " FROM parts.runs",
          "CREATE VIEW metrics AS SELECT r.run, m.metric, unnest(c.steps) AS step,"
              + " unnest(c.points) AS value, c.attempt, make_timestamp(c.recorded) AS time"
              + " FROM parts.columns c JOIN parts.run_names r ON r.id = c.run"
              + " JOIN parts.metric_names m ON m.id = c.metric",
          "CREATE VIEW events AS SELECT run, sequence, make_timestamp(recorded) AS time, type,"
              + " attempt, data FROM parts.events");

  private final Connection connection;
  private final RunReader runs;
  private final BiFunction<RunId, RunStatus, String> words;
  private final BooleanSupplier goOn;
  private final Map<RunId, RunState> states = new HashMap<>();
  private final Map<MetricName, Integer> metrics = new HashMap<>();

  private RunTables(
      Connection connection,
      RunReader runs,
      BiFunction<RunId, RunStatus, String> words,
      BooleanSupplier goOn) {
    this.connection = connection;
    this.runs = runs;
    this.words = words;
    this.goOn = goOn;
  }

  /**
   * Makes the tables in an empty database and fills them.
   *
   * @param words what the status of a run is called
   * @param goOn looked at again and again
   * @throws CancellationException when it said no
   */
  static void fill(
      Connection connection,
      RunReader runs,
      List<RunId> chosen,
      BiFunction<RunId, RunStatus, String> words,
      BooleanSupplier goOn)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : SCHEMA) {
        statement.execute(each);
      }
    }
    RunTables tables = new RunTables(connection, runs, words, goOn);
    tables.states(chosen);
    tables.parameters(chosen);
    tables.columns(chosen);
    tables.events(chosen);
    tables.jumps(chosen);
  }

  private void goOn() {
    if (!goOn.getAsBoolean()) {
      throw new CancellationException("the tables are wanted no more");
    }
  }

  private void states(List<RunId> chosen) throws SQLException {
    try (Rows rows = Rows.into(connection, PARTS, "runs")) {
      for (RunId run : chosen) {
        goOn();
        state(rows.begin(), stateOf(run), run);
        rows.end();
      }
    }
  }

  private void state(Rows row, RunState state, RunId run) throws SQLException {
    boolean ours = state.imported().isEmpty();
    var spec = state.submission().orElseThrow().spec();
    row.add(run.value())
        .add(spec.experiment())
        .add(state.annotations().displayName().orElse(run.value()))
        .add(words.apply(state.run().orElseThrow(), state.status()))
        .addText(state.imported().map(from -> from.origin().name().toLowerCase(Locale.ROOT)))
        .add(Math.max(0, state.step()))
        .add(state.steps())
        .addWhole(ours ? Optional.of(spec.seeds().init()) : Optional.empty())
        .addText(ours ? device(state, spec.device()) : Optional.empty())
        .add(state.attempts().size());
    Optional<Boolean> exact = state.exactness().exact();
    if (exact.isPresent()) {
      row.add(exact.get().booleanValue());
    } else {
      row.addNull();
    }
    row.addText(
            state.step() < 0 ? Optional.empty() : Optional.of(runs.digest(run)).map(Sha256::hex))
        .add(state.events());
    Iterator<RecordedEvent> first = runs.events(run, 1, 1);
    if (first.hasNext()) {
      row.add(first.next().time());
    } else {
      row.addNull();
    }
    row.addText(state.parent().map(parent -> parent.run().value()))
        .addWhole(state.parent().map(parent -> parent.step()))
        .add(Json.line(tags -> state.annotations().tags().forEach(tags::put)))
        .addText(state.annotations().note())
        .add(state.annotations().archived())
        .addText(state.error().map(error -> error.cause().text() + ": " + error.message()));
  }

  private static Optional<String> device(RunState state, String wanted) {
    return Optional.of(state.devices().isEmpty() ? wanted : state.devices().get(0).toString());
  }

  /** Folded once: where there is no snapshot, that is the work of reading the whole run. */
  private RunState stateOf(RunId run) {
    return states.computeIfAbsent(run, runs::state);
  }

  private void parameters(List<RunId> chosen) throws SQLException {
    try (Rows rows = Rows.into(connection, MAIN, "parameters")) {
      for (RunId run : chosen) {
        goOn();
        for (Map.Entry<String, String> each : stateOf(run).parameters().entrySet()) {
          rows.begin().add(run.value()).add(each.getKey()).add(each.getValue());
          rows.addReal(number(each.getValue())).end();
        }
      }
    }
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private void columns(List<RunId> chosen) throws SQLException {
    try (Rows names = Rows.into(connection, PARTS, "run_names");
        Rows metricNames = Rows.into(connection, PARTS, "metric_names");
        Rows columns = Rows.into(connection, PARTS, "columns")) {
      for (int id = 0; id < chosen.size(); id++) {
        names.begin().add(id).add(chosen.get(id).value()).end();
        Iterator<RecordedFrame> frames = runs.frames(chosen.get(id), StepRange.ALL);
        while (frames.hasNext()) {
          goOn();
          RecordedFrame recorded = frames.next();
          for (Column column : recorded.frame().columns()) {
            if (column instanceof ScalarColumn scalar) {
              column(columns, id, metric(scalar.name(), metricNames), scalar, recorded);
            }
          }
        }
      }
    }
  }

  private int metric(MetricName name, Rows names) throws SQLException {
    Integer known = metrics.get(name);
    if (known != null) {
      return known;
    }
    int id = metrics.size();
    metrics.put(name, id);
    names.begin().add(id).add(name.value()).end();
    return id;
  }

  private static void column(
      Rows columns, int run, int metric, ScalarColumn column, RecordedFrame recorded)
      throws SQLException {
    double[] values = new double[column.size()];
    Arrays.setAll(values, column::asDouble);
    columns.begin().add(run).add(metric).add(column.steps().toArray()).add(values);
    columns.add(recorded.attempt()).add(recorded.time()).end();
  }

  private void events(List<RunId> chosen) throws SQLException {
    try (Rows rows = Rows.into(connection, PARTS, "events")) {
      for (RunId run : chosen) {
        EventAttempts attempts = new EventAttempts(runs, run);
        Iterator<RecordedEvent> events = runs.events(run, 1, stateOf(run).lastSequence());
        while (events.hasNext()) {
          goOn();
          event(rows.begin(), events.next(), attempts);
          rows.end();
        }
      }
    }
  }

  private static void event(Rows row, RecordedEvent recorded, EventAttempts attempts)
      throws SQLException {
    row.add(recorded.run().value())
        .add(recorded.sequence())
        .add(recorded.time())
        .add(recorded.event().getClass().getSimpleName());
    OptionalInt attempt = attempts.of(recorded);
    if (attempt.isPresent()) {
      row.add(attempt.getAsInt());
    } else {
      row.addNull();
    }
    row.add(Json.line(json -> data(json, recorded)));
  }

  /** What was recorded stands in a table of its own. */
  private static void data(Json json, RecordedEvent recorded) {
    if (recorded.event() instanceof MetricsRecorded metrics) {
      json.put("from", metrics.frame().from()).put("until", metrics.frame().until());
    } else {
      RecordJson.fill(json, (Record) recorded.event());
    }
  }

  private void jumps(List<RunId> chosen) throws SQLException {
    try (Rows rows = Rows.into(connection, MAIN, "jumps")) {
      for (RunId run : chosen) {
        goOn();
        Optional<AnalysisCompleted> last =
            runs.beside(run, BesideStream.ANALYSIS).last(AnalysisCompleted.class);
        for (Jump jump : last.map(AnalysisCompleted::jumps).orElse(List.of())) {
          jump(rows.begin().add(run.value()), jump);
          rows.end();
        }
      }
    }
  }

  private static void jump(Rows row, Jump jump) throws SQLException {
    row.add(jump.metric())
        .add(jump.kind().id())
        .addReal(jump.onset())
        .addReal(jump.midpoint())
        .addReal(jump.end())
        .addReal(jump.before())
        .addReal(jump.after())
        .addReal(jump.delta())
        .addReal(jump.decades())
        .add(jump.sharp().name().toLowerCase(Locale.ROOT))
        .add(jump.censored())
        .addReal(jump.p())
        .addReal(jump.q())
        .addReal(jump.delay())
        .add(jump.evidence());
  }
}
