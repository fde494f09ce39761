package io.saltus.app.export;

import io.saltus.app.json.EventJson;
import io.saltus.app.json.Json;
import io.saltus.app.json.RecordJson;
import io.saltus.app.report.EventAttempts;
import io.saltus.experiment.RunId;
import io.saltus.experiment.Sha256;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.persistence.projection.AttemptState;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.BesideStream;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.runs.RecordedFrame;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.StepRange;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs as JSON Lines, whole: all their events and those beside them, before a fork's own the frames
 * of its ancestors up to the fork. What each line is stands in {@code docs/formats/jsonl.md}.
 */
public final class JsonlExport implements RunExport<Appendable> {

  /** What the first line calls the format. */
  public static final String FORMAT = "saltus-jsonl";

  /** The version that is written, and the newest that is read. */
  public static final int VERSION = 1;

  @Override
  public void write(RunReader runs, List<RunId> chosen, Appendable to) throws IOException {
    line(
        to,
        Json.line(
            json ->
                json.put("format", FORMAT)
                    .put("version", VERSION)
                    .array("runs", names -> chosen.forEach(run -> names.add(run.value())))
                    .object("numbers", JsonlExport::kinds)));
    for (RunId run : chosen) {
      write(runs, run, to);
    }
  }

  private static void kinds(Json json) {
    json.put("f32", "IEEE 754 single, the shortest decimal that reads back to it")
        .put("f64", "IEEE 754 double, the shortest decimal that reads back to it")
        .put("i64", "signed 64-bit integer");
  }

  private static void write(RunReader runs, RunId run, Appendable to) throws IOException {
    RunState state = runs.state(run);
    line(to, heading(state, state.step() < 0 ? Optional.empty() : Optional.of(runs.digest(run))));
    if (state.parent().isPresent()) {
      inherited(runs, run, state.parent().get().step(), to);
    }
    EventAttempts attempts = new EventAttempts(runs, run);
    Iterator<RecordedEvent> events = runs.events(run, 1, state.lastSequence());
    while (events.hasNext()) {
      RecordedEvent event = events.next();
      line(to, EventJson.line(event, attempts.of(event)));
    }
    for (BesideStream<?> stream : BesideStream.ALL) {
      beside(runs, run, stream, to);
    }
    line(
        to,
        Json.line(json -> json.put("end", run.value()).put("lastSequence", state.lastSequence())));
  }

  private static String heading(RunState state, Optional<Sha256> digest) {
    return Json.line(
        json -> {
          json.put("begin", state.run().orElseThrow().value())
              .put("experiment", state.submission().orElseThrow().spec().experiment())
              .put("status", state.status().text())
              .put("step", Math.max(0, state.step()))
              .put("digest", digest.map(Sha256::hex).orElse(null))
              .put("displayName", state.annotations().displayName().orElse(null))
              .put("note", state.annotations().note().orElse(null))
              .object("tags", tags -> state.annotations().tags().forEach(tags::put))
              .object("parameters", all -> state.parameters().forEach(all::put));
          state
              .imported()
              .ifPresentOrElse(
                  imported -> json.put("origin", imported.origin().name().toLowerCase(Locale.ROOT)),
                  () -> json.putNull("origin"));
        });
  }

  /** The frames of ancestors, each with the catalogue of the attempt that recorded it, once. */
  private static void inherited(RunReader runs, RunId fork, long until, Appendable to)
      throws IOException {
    Iterator<RecordedFrame> frames = runs.frames(fork, new StepRange(0, until));
    Optional<RecordedFrame> before = Optional.empty();
    while (frames.hasNext()) {
      RecordedFrame frame = frames.next();
      if (frame.run().equals(fork)) {
        continue;
      }
      boolean same =
          before
              .filter(last -> last.run().equals(frame.run()) && last.attempt() == frame.attempt())
              .isPresent();
      line(to, inherited(frame, same ? Optional.empty() : catalogue(runs, frame)));
      before = Optional.of(frame);
    }
  }

  private static Optional<Catalogue> catalogue(RunReader runs, RecordedFrame frame) {
    return runs.state(frame.run()).attempt(frame.attempt()).map(AttemptState::catalogue);
  }

  private static String inherited(RecordedFrame recorded, Optional<Catalogue> catalogue) {
    return Json.line(
        json -> {
          json.put("inherited", recorded.run().value()).put("attempt", recorded.attempt());
          catalogue.ifPresent(all -> json.object("catalogue", o -> RecordJson.fill(o, all)));
          json.object("frame", frame -> RecordJson.fill(frame, recorded.frame()));
        });
  }

  private static <E> void beside(RunReader runs, RunId run, BesideStream<E> stream, Appendable to)
      throws IOException {
    Iterator<BesideEvent<E>> events = runs.beside(run, stream).events(1, Long.MAX_VALUE);
    if (events.hasNext()) {
      line(to, Json.line(json -> json.put("stream", stream.name())));
    }
    while (events.hasNext()) {
      line(to, EventJson.line(events.next()));
    }
  }

  private static void line(Appendable to, String line) throws IOException {
    to.append(line).append('\n');
  }
}
