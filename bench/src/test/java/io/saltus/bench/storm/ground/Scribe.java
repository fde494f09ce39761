package io.saltus.bench.storm.ground;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Does to a disk what its arguments say: {@code write|sync|rename|delete|make|sync-dir} paths. */
final class Scribe {

  private Scribe() {}

  public static void main(String[] words) throws IOException {
    for (String word : words) {
      String[] parts = word.split(":", -1);
      Path path = Path.of(parts[1]);
      switch (parts[0]) {
        case "write" -> append(path, parts[2], false);
        case "sync" -> append(path, parts[2], true);
        case "rename" -> Files.move(path, Path.of(parts[2]));
        case "delete" -> Files.delete(path);
        case "make" -> Files.createDirectory(path);
        case "sync-dir" -> syncDirectory(path);
        default -> throw new IllegalArgumentException(Arrays.toString(parts));
      }
    }
  }

  private static void append(Path path, String text, boolean sync) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      if (sync) {
        file.force(true);
      }
    }
  }

  private static void syncDirectory(Path path) throws IOException {
    try (FileChannel directory = FileChannel.open(path)) {
      directory.force(true);
    }
  }
}
