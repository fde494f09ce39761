package io.saltus.app.json;

import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.RecordedEvent;
import io.saltus.persistence.studies.StudyReader;
import java.time.Instant;
import java.util.OptionalInt;

/** An event of a run or a study as one JSON object. */
public final class EventJson {

  private EventJson() {}

  /**
   * The object on one line.
   *
   * @param attempt that the event belongs to; empty for what happens outside attempts
   */
  public static String line(RecordedEvent recorded, OptionalInt attempt) {
    return line(
        "run",
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
        "run",
        beside.run(),
        beside.sequence(),
        beside.offset(),
        beside.time(),
        OptionalInt.empty(),
        (Record) beside.event());
  }

  /** An event of a study on one line; no attempt is known to it. */
  public static String line(StudyReader.Recorded recorded) {
    return line(
        "study",
        recorded.study(),
        recorded.sequence(),
        recorded.offset(),
        recorded.time(),
        OptionalInt.empty(),
        (Record) recorded.event());
  }

  private static String line(
      String kind,
      Object name,
      long sequence,
      long offset,
      Instant time,
      OptionalInt attempt,
      Record event) {
    return Json.line(
        json -> {
          json.put(kind, name.toString());
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
