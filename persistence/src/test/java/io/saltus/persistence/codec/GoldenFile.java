package io.saltus.persistence.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Bytes as they were written by a released version, as text that can be reviewed: the manifest,
 * then 32 bytes a line. Files are never changed once they are released; with {@code
 * -Dsaltus.golden.write=true} missing ones are written.
 */
record GoldenFile(String manifest, byte[] bytes) {

  private static final int BYTES_PER_LINE = 32;
  private static final Path SOURCES = Path.of("src/test/resources/golden/v1");

  static GoldenFile read(String name) throws IOException {
    try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/v1/" + name + ".hex")) {
      if (in == null) {
        throw new AssertionError(
            "no golden file for " + name + ": write it with -Dsaltus.golden.write=true");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      return new GoldenFile(
          text.substring(0, end),
          HexFormat.of().parseHex(text.substring(end).replaceAll("\\s", "")));
    }
  }

  static void writeIfMissing(String name, String manifest, byte[] bytes) throws IOException {
    Path file = SOURCES.resolve(name + ".hex");
    if (!Boolean.getBoolean("saltus.golden.write") || Files.exists(file)) {
      return;
    }
    StringBuilder text = new StringBuilder(manifest).append('\n');
    for (int i = 0; i < bytes.length; i += BYTES_PER_LINE) {
      text.append(HexFormat.of().formatHex(bytes, i, Math.min(bytes.length, i + BYTES_PER_LINE)))
          .append('\n');
    }
    Files.createDirectories(SOURCES);
    Files.writeString(file, text);
  }

  static void writeTextIfMissing(String file, String text) throws IOException {
    Path path = SOURCES.resolve(file);
    if (Boolean.getBoolean("saltus.golden.write") && !Files.exists(path)) {
      Files.writeString(path, text);
    }
  }
}
