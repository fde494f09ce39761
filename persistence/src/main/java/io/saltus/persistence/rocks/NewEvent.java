package io.saltus.persistence.rocks;

import io.saltus.persistence.read.SerializedValue;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the journal; its offset is given to it when it is written.
 *
 * @param sequence its place in its stream: exactly one more than the last one there
 * @param time now; kept in milliseconds
 * @param writer the incarnation of the persistent actor, may be empty
 * @param adapterManifest the manifest of an event adapter, usually empty
 * @param tags tags, kept in ascending order and once each
 * @param payload the event, or null for one that could not be serialized: its number is used up, so
 *     that numbers stay contiguous, and readers pass over it
 * @param metadata metadata beside the event, usually none
 */
public record NewEvent(
    long sequence,
    Instant time,
    String writer,
    String adapterManifest,
    List<String> tags,
    @Nullable SerializedValue payload,
    @Nullable SerializedValue metadata) {

  /** Sorts the tags. */
  public NewEvent {
    if (sequence < 1) {
      throw new IllegalArgumentException("a sequence number is at least 1, not " + sequence);
    }
    tags = List.copyOf(new TreeSet<>(tags));
  }

  /**
   * Makes a plain event.
   *
   * @param sequence its place in its stream
   * @param time now
   * @param payload the event
   * @return the event, with nothing beside it
   */
  public static NewEvent of(long sequence, Instant time, SerializedValue payload) {
    return new NewEvent(sequence, time, "", "", List.of(), payload, null);
  }

  /**
   * Makes an event that only uses up its number.
   *
   * @param sequence its place in its stream
   * @param time now
   * @return an event without payload
   */
  public static NewEvent empty(long sequence, Instant time) {
    return new NewEvent(sequence, time, "", "", List.of(), null, null);
  }
}
