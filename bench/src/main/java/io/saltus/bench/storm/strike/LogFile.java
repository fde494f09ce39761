package io.saltus.bench.storm.strike;

import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A log of RocksDB: blocks of 32 KiB of fragments, each with checksum (4 bytes), length (2) and
 * type (1): the whole of a record, its first, a middle or its last part.
 *
 * @param file where it lies
 * @param starts where its records begin, in order
 * @param end its size
 */
record LogFile(Path file, List<Integer> starts, int end) {

  private static final int BLOCK = 32 * 1024;
  private static final int HEADER = 7;
  private static final int WHOLE = 1;
  private static final int FIRST = 2;

  /** The newest log of a journal that has a record. */
  static Optional<LogFile> newest(Home home) throws IOException {
    return files(home, ".log").stream()
        .map(LogFile::read)
        .filter(log -> !log.starts.isEmpty())
        .max(Comparator.comparing(log -> log.file.getFileName().toString()));
  }

  /** The files of a journal with an ending, the longest name first. */
  static List<Path> files(Home home, String ending) throws IOException {
    try (Stream<Path> files = Files.list(home.journal())) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static LogFile read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ByteBuffer log = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    while (at + HEADER <= bytes.length) {
      int left = BLOCK - at % BLOCK;
      if (left < HEADER) {
        at += left;
        continue;
      }
      int type = log.get(at + 6);
      if (type == WHOLE || type == FIRST) {
        starts.add(at);
      }
      at += HEADER + Short.toUnsignedInt(log.getShort(at + 4));
    }
    return new LogFile(file, starts, bytes.length);
  }

  /** Where the last record begins, or one before it. */
  int start(int fromLast) {
    return starts.get(Math.max(0, starts.size() - 1 - fromLast));
  }
}
