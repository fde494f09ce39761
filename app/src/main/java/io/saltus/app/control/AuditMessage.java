package io.saltus.app.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.persistence.codec.EventCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What an examination of a run found, on its way to the process that holds the home: the event in
 * the bytes of the journal.
 *
 * @param run which
 * @param event what was found
 */
public record AuditMessage(RunId run, AuditEvent event) {

  /** The name of the request. */
  public static final String NAME = "audit";

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final EventCodec<AuditEvent> CODEC = EventCodec.ofAudits();

  /** The body of the request. */
  public String body() {
    return Json.line(
        json ->
            json.put("run", run.value())
                .put("manifest", CODEC.manifest(event))
                .put("event", Base64.getEncoder().encodeToString(CODEC.encode(event))));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   * @throws io.saltus.persistence.codec.CodecException when the event cannot be read
   */
  public static AuditMessage read(String body) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      String run = "";
      String manifest = "";
      byte[] event = {};
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
          case "run" -> run = parser.getText();
          case "manifest" -> manifest = parser.getText();
          case "event" -> event = Base64.getDecoder().decode(parser.getText());
          default -> parser.skipChildren();
        }
      }
      return new AuditMessage(new RunId(run), CODEC.decode(manifest, ByteBuffer.wrap(event)));
    } catch (IOException e) {
      throw new IllegalArgumentException("this is no audit: " + e.getMessage(), e);
    }
  }
}
