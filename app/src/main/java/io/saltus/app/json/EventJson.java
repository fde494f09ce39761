package io.saltus.app.json;

import io.saltus.experiment.RunId;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.RecordedEvent;
import java.time.Instant;
import java.util.OptionalInt;

/** An event of a run as one JSON object. */
public final class EventJson {

  private EventJson() {}

  /**
   * The object on one line.
   *
   * @param attempt that the event belongs to; empty for what happens outside attempts
   */
  public static String line(RecordedEvent recorded, OptionalInt attempt) {
    return line(
        recorded.run(),
        recorded.sequence(),
        recorded.offset(),
        recorded.time(),
        attempt,
        (Record) recorded.event());
  }

  /** The object on one line; such an event belongs to no attempt. */
  public static String line(BesideEvent<?> beside) {
    return line(
        beside.run(),
        beside.sequence(),
        beside.offset(),
        beside.time(),
        OptionalInt.empty(),
        (Record) beside.event());
  }

  private static String line(
      RunId run, long sequence, long offset, Instant time, OptionalInt attempt, Record event) {
    return Json.line(
        json -> {
          json.put("run", run.value());
          json.put("sequence", sequence);
          json.put("offset", offset);
          json.put("time", time.toString());
          json.put("type", event.getClass().getSimpleName());
          if (attempt.isPresent()) {
            json.put("attempt", attempt.getAsInt());
          } else {
            json.putNull("attempt");
          }
          json.object("data", data -> RecordJson.fill(data, event));
        });
  }
}
