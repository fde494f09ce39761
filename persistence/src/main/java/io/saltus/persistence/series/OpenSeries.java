package io.saltus.persistence.series;

import io.saltus.persistence.series.Segment.Blocks;
import io.saltus.persistence.series.Segment.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An index as it stood when it was opened: the heads of its segments, and blocks on demand. */
final class OpenSeries implements AutoCloseable {

  private static final int LONGEST_HEAD = 64 << 20;

  private final FileChannel channel;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();

  private OpenSeries(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the channel over. What stands behind the first segment that is not sound is not there.
   */
  static OpenSeries read(FileChannel channel, byte[] heading) throws IOException {
    OpenSeries open = new OpenSeries(channel);
    try {
      byte[] found = new byte[heading.length];
      readFully(channel, ByteBuffer.wrap(found), 0);
      if (!Arrays.equals(found, heading)) {
        throw new DamagedSeriesException("it is of another version, journal or run");
      }
      open.readSegments(heading.length);
      return open;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void readSegments(long begin) throws IOException {
    long size = channel.size();
    long at = begin;
    for (Optional<Segment> next = segment(at, size); next.isPresent(); next = segment(at, size)) {
      segments.add(next.get());
      at = end(next.get(), at);
      ends.add(at);
    }
  }

  private static long end(Segment segment, long begin) {
    return segment.metrics().values().stream()
        .flatMap(blocks -> blocks.levels().stream())
        .mapToLong(section -> section.position() + section.bytes())
        .max()
        .orElse(begin);
  }

  private Optional<Segment> segment(long at, long size) throws IOException {
    if (at + SegmentBytes.LENGTHS > size) {
      return Optional.empty();
    }
    ByteBuffer lengths = ByteBuffer.allocate(SegmentBytes.LENGTHS);
    readFully(channel, lengths, at);
    int head = lengths.getInt(0);
    long sections = lengths.getInt(Integer.BYTES);
    long begin = at + SegmentBytes.LENGTHS + head + SegmentBytes.CHECKSUM;
    if (head <= 0 || head > LONGEST_HEAD || sections <= 0 || begin + sections > size) {
      return Optional.empty();
    }
    ByteBuffer all = ByteBuffer.allocate(SegmentBytes.LENGTHS + head + SegmentBytes.CHECKSUM);
    readFully(channel, all, at);
    int sealed = SegmentBytes.LENGTHS + head;
    if (SegmentBytes.checksum(all.duplicate().position(0).limit(sealed)) != all.getInt(sealed)) {
      return Optional.empty();
    }
    try {
      Segment read =
          SegmentBytes.read(Arrays.copyOfRange(all.array(), SegmentBytes.LENGTHS, sealed), begin);
      return end(read, begin) == begin + sections ? Optional.of(read) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Sealed by somebody, but not by this version.
      return Optional.empty();
    }
  }

  List<Segment> segments() {
    return segments;
  }

  /** Where the first so many segments end; 0 for none. */
  long end(int kept) {
    return kept == 0 ? 0 : ends.get(kept - 1);
  }

  /**
   * The blocks of a level.
   *
   * @throws DamagedSeriesException when they are not what was written
   */
  List<Block> blocks(Segment segment, Blocks metric, int level) throws IOException {
    Section section = metric.levels().get(level);
    ByteBuffer bytes = ByteBuffer.allocate(section.bytes());
    readFully(channel, bytes, section.position());
    bytes.flip();
    if (SegmentBytes.checksum(bytes) != section.checksum()) {
      throw new DamagedSeriesException("a checksum does not match");
    }
    boolean single = metric.base() == Levels.SPARSE && level == 0;
    return BlockLayout.of(metric.kind(), segment.steps(), single).read(bytes, section.blocks());
  }

  static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new DamagedSeriesException("it is cut off");
      }
      at += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
