package io.saltus.app.server.api;

import io.saltus.app.json.Json;
import io.saltus.app.json.RecordJson;
import io.saltus.app.server.live.LiveRun;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent.AttemptEnded;
import io.saltus.experiment.event.RunEvent.AttemptStarted;
import io.saltus.experiment.event.RunEvent.CheckpointSaved;
import io.saltus.experiment.event.RunEvent.ForkOrigin;
import io.saltus.experiment.event.RunEvent.HistoryRewound;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.RunEvent.RunAnnotated;
import io.saltus.persistence.projection.Crossing;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RunReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The history of a run up to an event, gathered in one pass over its events. */
final class RunHistory {

  private static final int MOST_PLACES = 1_000;

  private final RunId run;
  private final RunState state;
  private final boolean past;
  private final Map<Integer, Attempt> attempts = new LinkedHashMap<>();
  private final List<RecordedEvent> checkpoints = new ArrayList<>();
  private final List<RecordedEvent> rewinds = new ArrayList<>();
  private final List<RecordedEvent> annotations = new ArrayList<>();
  private final List<long[]> places = new ArrayList<>();
  private long offset;

  private static final class Attempt {
    private final AttemptStarted event;
    private final Instant started;
    private long until = -1;
    private Optional<Instant> ended = Optional.empty();
    private Optional<String> cause = Optional.empty();

    Attempt(AttemptStarted event, Instant started) {
      this.event = event;
      this.started = started;
    }
  }

  private RunHistory(RunId run, RunState state, boolean past) {
    this.run = run;
    this.state = state;
    this.past = past;
  }

  /**
   * Reads it.
   *
   * @param until the last event of it; empty: all
   */
  static RunHistory read(RunReader runs, RunId run, OptionalLong until) {
    RunState state =
        until.isPresent() ? runs.stateUntilSequence(run, until.getAsLong()) : runs.state(run);
    RunHistory history = new RunHistory(run, state, until.isPresent());
    Iterator<RecordedEvent> events = runs.outlines(run, 1, state.lastSequence());
    events.forEachRemaining(history::take);
    return history;
  }

  private void take(RecordedEvent recorded) {
    offset = recorded.offset();
    var event = recorded.event();
    if (event instanceof AttemptStarted started) {
      attempts.put(started.attempt(), new Attempt(started, recorded.time()));
    } else if (event instanceof MetricsRecorded metrics) {
      places.add(new long[] {metrics.frame().until(), recorded.sequence()});
      Attempt attempt = attempts.get(metrics.attempt());
      if (attempt != null) {
        attempt.until = Math.max(attempt.until, metrics.frame().until());
      }
    } else if (event instanceof AttemptEnded ended) {
      Attempt attempt = attempts.get(ended.attempt());
      if (attempt != null) {
        attempt.ended = Optional.of(recorded.time());
        attempt.cause = Optional.of(ended.cause().text());
      }
    } else if (event instanceof CheckpointSaved) {
      checkpoints.add(recorded);
    } else if (event instanceof HistoryRewound) {
      rewinds.add(recorded);
    } else if (event instanceof RunAnnotated) {
      annotations.add(recorded);
    }
  }

  /**
   * On one line.
   *
   * @param forks of the run, those that were submitted later among them
   */
  String line(List<LiveRun> forks) {
    return Json.line(
        json -> {
          json.put("run", run.value());
          json.array("attempts", all -> attempts.values().forEach(each -> attempt(all, each)));
          json.array("checkpoints", all -> checkpoints.forEach(each -> checkpoint(all, each)));
          json.array("rewinds", all -> rewinds.forEach(each -> rewind(all, each)));
          json.array(
              "forks",
              all -> forks.stream().filter(this::isThere).forEach(each -> fork(all, each)));
          state
              .parent()
              .ifPresentOrElse(
                  from ->
                      json.object(
                          "parent",
                          parent -> parent.put("run", from.run().value()).put("step", from.step())),
                  () -> json.putNull("parent"));
          json.array(
              "crossings",
              all -> state.recorded().crossings().forEach(each -> crossing(all, each)));
          json.array("annotations", all -> annotations.forEach(each -> annotation(all, each)));
          json.array("sequences", this::places);
        });
  }

  private static void attempt(Json all, Attempt attempt) {
    all.add(
        json -> {
          json.put("attempt", attempt.event.attempt())
              .put(
                  "device",
                  attempt.event.devices().isEmpty()
                      ? null
                      : attempt.event.devices().get(0).toString())
              .put("from", attempt.event.fromStep() + 1);
          if (attempt.until < 0) {
            json.putNull("until");
          } else {
            json.put("until", attempt.until);
          }
          json.put("started", attempt.started.toString())
              .put("ended", attempt.ended.map(Instant::toString).orElse(null))
              .put("cause", attempt.cause.orElse(null));
        });
  }

  /** One that was dropped since has no file any more, so it is as little valid as a bad one. */
  private void checkpoint(Json all, RecordedEvent recorded) {
    CheckpointSaved saved = (CheckpointSaved) recorded.event();
    boolean valid =
        state.checkpoints().stream()
            .anyMatch(
                kept ->
                    kept.valid()
                        && kept.step() == saved.step()
                        && kept.sha256().equals(saved.sha256()));
    all.add(
        json ->
            json.put("step", saved.step())
                .put("sequence", recorded.sequence())
                .put("bytes", saved.bytes())
                .put("sha256", saved.sha256().hex())
                .put("valid", valid));
  }

  private static void rewind(Json all, RecordedEvent recorded) {
    all.add(
        json ->
            json.put("to", ((HistoryRewound) recorded.event()).toStep())
                .put("sequence", recorded.sequence()));
  }

  /** Whether a fork had been submitted by then. */
  private boolean isThere(LiveRun fork) {
    return !past || fork.offset() <= offset;
  }

  private static void fork(Json all, LiveRun fork) {
    all.add(
        json ->
            json.put("run", fork.run())
                .put("step", fork.state().parent().map(ForkOrigin::step).orElse(0L)));
  }

  private static void crossing(Json all, Crossing crossing) {
    all.add(
        json ->
            json.put("metric", crossing.metric().value())
                .put("level", crossing.level())
                .put("step", crossing.step()));
  }

  private static void annotation(Json all, RecordedEvent recorded) {
    all.add(
        json -> {
          json.put("sequence", recorded.sequence()).put("time", recorded.time().toString());
          RecordJson.fill(json, (RunAnnotated) recorded.event());
        });
  }

  /** First and last are among those that are kept. */
  private void places(Json all) {
    int size = places.size();
    int kept = Math.min(size, MOST_PLACES);
    for (int i = 0; i < kept; i++) {
      long[] place = places.get(kept == 1 ? 0 : (int) ((long) i * (size - 1) / (kept - 1)));
      all.addRaw("[" + place[0] + "," + place[1] + "]");
    }
  }
}
