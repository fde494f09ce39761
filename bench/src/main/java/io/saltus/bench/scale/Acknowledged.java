package io.saltus.bench.scale;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The last sequence number of each run that listeners were told, in a mapped file: what a process
 * has written there outlives its death by SIGKILL.
 */
final class Acknowledged {

  private final LongBuffer last;

  private Acknowledged(LongBuffer last) {
    this.last = last;
  }

  /** Maps a file, which is made where there is none. */
  static Acknowledged at(Path file, int runs) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Acknowledged(
          channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) runs * Long.BYTES).asLongBuffer());
    }
  }

  void told(int run, long sequence) {
    last.put(run, sequence);
  }

  long last(int run) {
    return last.get(run);
  }
}
