package io.saltus.app.server.live;

import org.apache.pekko.util.ByteString;

/** What is sent next to one reader, while it is put together. */
final class Part {

  private ByteString bytes = ByteString.emptyByteString();

  void append(ByteString more) {
    bytes = bytes.concat(more);
  }

  int size() {
    return bytes.size();
  }

  ByteString bytes() {
    return bytes;
  }
}
