package io.saltus.app.json;

import io.saltus.experiment.RunId;
import io.saltus.persistence.runs.BesideEvent;
import io.saltus.persistence.runs.RecordedEvent;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.OptionalInt;

/** An event of a run as one JSON object. */
public final class EventJson {

  private EventJson() {}

  /** The object on one line. */
  public static String line(RecordedEvent recorded) {
    return line(
        recorded.run(),
        recorded.sequence(),
        recorded.offset(),
        recorded.time(),
        (Record) recorded.event());
  }

  /** The object on one line; such an event belongs to no attempt. */
  public static String line(BesideEvent<?> beside) {
    return line(
        beside.run(), beside.sequence(), beside.offset(), beside.time(), (Record) beside.event());
  }

  private static String line(RunId run, long sequence, long offset, Instant time, Record event) {
    return Json.line(
        json -> {
          json.put("run", run.value());
          json.put("sequence", sequence);
          json.put("offset", offset);
          json.put("time", time.toString());
          json.put("type", event.getClass().getSimpleName());
          OptionalInt attempt = attempt(event);
          if (attempt.isPresent()) {
            json.put("attempt", attempt.getAsInt());
          } else {
            json.putNull("attempt");
          }
          json.object("data", data -> RecordJson.fill(data, event));
        });
  }

  /** The attempt an event belongs to, of those that belong to one. */
  static OptionalInt attempt(Record event) {
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      if (component.getName().equals("attempt")) {
        return RecordJson.value(event, component) instanceof Integer attempt
            ? OptionalInt.of(attempt)
            : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }
}
