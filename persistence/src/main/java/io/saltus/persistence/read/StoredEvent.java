package io.saltus.persistence.read;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event as the journal holds it, not yet decoded.
 *
 * @param persistenceId the stream, such as {@code run|grokking-20261123-7k3f}
 * @param sequence its place in the stream, counted from 1 without gaps
 * @param offset its place in the whole journal, strictly increasing in commit order
 * @param time when it was handed to the journal, in milliseconds' precision
 * @param writer the incarnation of the persistent actor that wrote it, may be empty
 * @param adapterManifest the manifest of an event adapter, usually empty
 * @param tags tags in ascending order, usually none
 * @param payload the event itself
 * @param metadata metadata beside the event, usually none
 */
public record StoredEvent(
    String persistenceId,
    long sequence,
    long offset,
    Instant time,
    String writer,
    String adapterManifest,
    List<String> tags,
    SerializedValue payload,
    @Nullable SerializedValue metadata) {

  /** Copies the tags. */
  public StoredEvent {
    tags = List.copyOf(tags);
  }

  /** Returns the number of the serializer that wrote the payload. */
  public int serializerId() {
    return payload.serializerId();
  }

  /** Returns the manifest of the payload. */
  public String manifest() {
    return payload.manifest();
  }

  /** Returns the serialized payload. */
  public Bytes bytes() {
    return payload.bytes();
  }
}
