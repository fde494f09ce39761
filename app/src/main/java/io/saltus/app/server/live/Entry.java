package io.saltus.app.server.live;

import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** An event of the journal that was followed not long ago, encoded once for all who want it. */
final class Entry {

  private final StreamName stream;
  private final long sequence;
  private final long offset;
  private final int weight;
  private @Nullable ByteString encoded;

  /**
   * @param weight about how many bytes it takes
   */
  Entry(StreamName stream, long sequence, long offset, int weight) {
    this.stream = stream;
    this.sequence = sequence;
    this.offset = offset;
    this.weight = weight;
  }

  StreamName stream() {
    return stream;
  }

  long sequence() {
    return sequence;
  }

  long offset() {
    return offset;
  }

  int weight() {
    return weight;
  }

  synchronized ByteString encoded(Supplier<ByteString> encoding) {
    ByteString known = encoded;
    if (known == null) {
      known = encoding.get();
      encoded = known;
    }
    return known;
  }
}
