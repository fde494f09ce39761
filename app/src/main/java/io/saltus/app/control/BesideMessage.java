package io.saltus.app.control;

import io.saltus.app.json.Json;
import io.saltus.experiment.RunId;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.runs.BesideStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * An event for a stream beside a run, on its way to the process that holds the home: in the bytes
 * of the journal.
 *
 * @param <E> the events of the stream
 * @param stream which kind of stream
 * @param run the run that it stands beside
 * @param event what is to be appended
 */
public record BesideMessage<E>(BesideStream<E> stream, RunId run, E event) {

  /** The name of the request. */
  public static final String NAME = "record";

  /** The request that carries it. */
  public ControlRequest request() {
    return new ControlRequest(
        NAME,
        Json.line(
            json ->
                json.put("stream", stream.name())
                    .put("run", run.value())
                    .put("manifest", stream.codec().manifest(event))
                    .put(
                        "event",
                        Base64.getEncoder().encodeToString(stream.codec().encode(event)))));
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException when it is not one
   * @throws io.saltus.persistence.codec.CodecException when the event cannot be read
   */
  public static BesideMessage<?> read(String body) {
    Fields fields = Fields.of(body);
    String name = fields.get("stream");
    BesideStream<?> stream =
        BesideStream.ALL.stream()
            .filter(kind -> kind.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no stream " + name));
    return read(stream, fields);
  }

  private static <E> BesideMessage<E> read(BesideStream<E> stream, Fields fields) {
    byte[] event = Base64.getDecoder().decode(fields.get("event"));
    return new BesideMessage<>(
        stream,
        new RunId(fields.get("run")),
        stream.codec().decode(fields.get("manifest"), ByteBuffer.wrap(event)));
  }
}
