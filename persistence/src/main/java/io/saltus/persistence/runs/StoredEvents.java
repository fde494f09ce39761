package io.saltus.persistence.runs;

import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.read.StoredEvent;

/** Decodes events, naming those that cannot be. */
public final class StoredEvents {

  private StoredEvents() {}

  /**
   * The event of some stored bytes.
   *
   * @param stream the stream in the user's words
   * @throws UnknownEventException when a newer version wrote it
   * @throws JournalDamagedException when it is not what was written
   */
  public static <E> E decode(
      String stream, StoredEvent event, int serializerId, EventCodec<E> codec) {
    if (event.serializerId() != serializerId) {
      throw new UnknownEventException(
          stream,
          event.sequence(),
          "it was written by the unknown serialiser " + event.serializerId());
    }
    try {
      return codec.decode(event.manifest(), event.bytes().asByteBuffer());
    } catch (CodecException e) {
      RuntimeException named =
          e.fromNewer()
              ? new UnknownEventException(stream, event.sequence(), e.what())
              : new JournalDamagedException(event.persistenceId(), event.sequence(), e.what());
      named.initCause(e);
      throw named;
    }
  }
}
