package io.saltus.persistence.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Collects one line of bounded length from a channel. */
final class LineBuffer {

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteBuffer chunk = ByteBuffer.allocate(8192);

  /**
   * Reads what is there.
   *
   * @return the line once it is whole
   */
  Optional<String> read(ReadableByteChannel channel) throws IOException {
    if (channel.read(chunk.clear()) < 0) {
      throw new EOFException("the other side closed the connection");
    }
    for (chunk.flip(); chunk.hasRemaining(); ) {
      byte next = chunk.get();
      if (next == '\n') {
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
      line.write(next);
      if (line.size() > Lines.LONGEST) {
        throw new IOException("a control message of more than %d bytes".formatted(Lines.LONGEST));
      }
    }
    return Optional.empty();
  }
}
