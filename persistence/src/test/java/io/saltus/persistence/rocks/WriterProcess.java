package io.saltus.persistence.rocks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Writes to a number of streams until its standard input ends, and prints "stream sequence" for
 * each acknowledged event. Each event's text is {@code stream-sequence}.
 */
final class WriterProcess {

  private final RocksStore store;
  private final PrintStream acknowledged;
  private volatile boolean ending;

  private WriterProcess(RocksStore store, PrintStream acknowledged) {
    this.store = store;
    this.acknowledged = acknowledged;
  }

  public static void main(String[] arguments) throws IOException {
    try (RocksStore store =
        RocksStore.open(Path.of(arguments[0]), StoreOptions.defaults(), Clock.systemUTC())) {
      WriterProcess writer = new WriterProcess(store, System.out);
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        String stream = "run|" + i;
        writer.next(stream, store.reader().highestSequence(stream) + 1);
      }
      System.in.transferTo(OutputStream.nullOutputStream());
      writer.ending = true;
    }
  }

  private void next(String stream, long sequence) {
    if (!ending) {
      // In threes, to see that they are written together or not at all.
      var unused =
          store
              .append(
                  stream,
                  List.of(
                      Events.event(sequence, stream + "-" + sequence),
                      Events.event(sequence + 1, stream + "-" + (sequence + 1)),
                      Events.event(sequence + 2, stream + "-" + (sequence + 2))))
              .thenRunAsync(() -> acknowledge(stream, sequence + 2));
    }
  }

  private void acknowledge(String stream, long sequence) {
    synchronized (acknowledged) {
      acknowledged.println(stream + " " + sequence);
    }
    next(stream, sequence + 1);
  }
}
