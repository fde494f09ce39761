package io.saltus.app.json;

import io.saltus.persistence.runs.RecordedEvent;
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
    return Json.line(
        json -> {
          json.put("run", recorded.run().value());
          json.put("sequence", recorded.sequence());
          json.put("offset", recorded.offset());
          json.put("time", recorded.time().toString());
          json.put("type", recorded.event().getClass().getSimpleName());
          if (attempt.isPresent()) {
            json.put("attempt", attempt.getAsInt());
          } else {
            json.putNull("attempt");
          }
          json.object("data", data -> RecordJson.fill(data, (Record) recorded.event()));
        });
  }
}
