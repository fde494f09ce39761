package io.saltus.app.imports;

import io.saltus.app.problem.Refusal;
import io.saltus.experiment.Sha256;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that is imported, compressed by gzip or not. What it unpacks to is bounded: a bomb is
 * refused where it begins to be one.
 */
final class SourceFile {

  /** Deflate cannot do better than about 1,030; text that is no bomb stays far below this. */
  private static final long MOST_GROWTH = 200;

  private static final long ALWAYS_ALLOWED = 64L << 20;
  private static final int BUFFER = 1 << 16;

  private final Path path;

  SourceFile(Path path) {
    this.path = path;
  }

  /** Its name without its directories, for people. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  /** Its name in messages. */
  @Override
  public String toString() {
    return path.toString();
  }

  /** Of the file as it lies there. */
  Sha256 digest() throws IOException {
    return Sha256.ofFile(path);
  }

  /**
   * Its content, unpacked.
   *
   * @param from how many bytes of it are left out
   */
  InputStream open(long from) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    try {
      in.mark(2);
      boolean packed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      InputStream content =
          packed
              ? new Bounded(
                  new GZIPInputStream(in, BUFFER),
                  Math.max(ALWAYS_ALLOWED, MOST_GROWTH * Files.size(path)))
              : in;
      content.skipNBytes(from);
      return content;
    } catch (ZipException e) {
      in.close();
      throw e;
    }
  }

  /** Refuses to give more than so many bytes. */
  private final class Bounded extends FilterInputStream {

    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      left = most;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      take(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      take(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      take(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void take(long bytes) {
      left -= bytes;
      if (left < 0) {
        throw Refusal.wrong(
            "it unpacks to more than " + MOST_GROWTH + " times its size",
            path.toString(),
            "Unpack it yourself if it is what you think.");
      }
    }
  }
}
