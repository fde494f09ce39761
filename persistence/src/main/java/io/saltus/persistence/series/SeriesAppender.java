package io.saltus.persistence.series;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Adds segments to a file that others read meanwhile: the lengths of a segment, without which it is
 * not there, are written when all of it is.
 */
final class SeriesAppender implements AutoCloseable {

  private final FileChannel channel;
  private long end;

  private SeriesAppender(FileChannel channel, long end) {
    this.channel = channel;
    this.end = end;
  }

  /** Begins at a place; what a process that was killed left behind it is cut off. */
  static SeriesAppender at(Path path, long end) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    try {
      channel.truncate(end);
      return new SeriesAppender(channel, end);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void add(ByteBuffer segment) throws IOException {
    int length = segment.remaining();
    write(segment.duplicate().position(SegmentBytes.LENGTHS), end + SegmentBytes.LENGTHS);
    write(segment.duplicate().limit(SegmentBytes.LENGTHS), end);
    end += length;
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
