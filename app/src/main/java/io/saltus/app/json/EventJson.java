package io.saltus.app.json;

import io.saltus.experiment.event.RunEvent;
import io.saltus.persistence.runs.RecordedEvent;
import java.lang.reflect.RecordComponent;
import java.util.OptionalInt;

/** An event of a run as one JSON object. */
public final class EventJson {

  private EventJson() {}

  /** The object on one line. */
  public static String line(RecordedEvent recorded) {
    return Json.line(
        json -> {
          json.put("run", recorded.run().value());
          json.put("sequence", recorded.sequence());
          json.put("offset", recorded.offset());
          json.put("time", recorded.time().toString());
          json.put("type", recorded.event().getClass().getSimpleName());
          OptionalInt attempt = attempt(recorded.event());
          if (attempt.isPresent()) {
            json.put("attempt", attempt.getAsInt());
          } else {
            json.putNull("attempt");
          }
          json.object("data", data -> RecordJson.fill(data, (Record) recorded.event()));
        });
  }

  /** The attempt an event belongs to, of those that belong to one. */
  static OptionalInt attempt(RunEvent event) {
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      if (component.getName().equals("attempt")) {
        return RecordJson.value((Record) event, component) instanceof Integer attempt
            ? OptionalInt.of(attempt)
            : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }
}
