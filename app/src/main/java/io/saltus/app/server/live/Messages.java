package io.saltus.app.server.live;

import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** Messages of a stream of server-sent events. */
final class Messages {

  private Messages() {}

  /**
   * One message.
   *
   * @param id an offset of the journal; empty where it moves nobody on
   * @param data JSON on one line
   */
  static ByteString of(Optional<Long> id, String event, String data) {
    return ByteString.fromString(
        id.map(offset -> "id: " + offset + "\n").orElse("")
            + "event: "
            + event
            + "\ndata: "
            + data
            + "\n\n");
  }

  /** What keeps a connection alive and says nothing. */
  static ByteString beat() {
    return ByteString.fromString(": beat\n\n");
  }
}
