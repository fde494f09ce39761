package io.saltus.persistence.series;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.persistence.projection.Scalar;
import io.saltus.persistence.runs.StepRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How blocks stand in a section: steps as distances from the first of the segment, in 4 bytes where
 * all fit and in 8 else; values as their bits, in 4 bytes for singles. A block of one value is its
 * step and value alone, where all of a section are that.
 *
 * @param first the first step of the segment
 */
record BlockLayout(ColumnKind kind, long first, boolean wide, boolean single) {

  private static final int NUMBERS = 1 << 30;
  private static final int NOT_NUMBER = 1 << 31;
  private static final int COUNT = NUMBERS - 1;
  private static final int POINTS = 5;

  static BlockLayout of(ColumnKind kind, StepRange steps, boolean single) {
    return new BlockLayout(
        kind, steps.from(), steps.until() - steps.from() > Integer.MAX_VALUE, single);
  }

  /** How many bytes a block takes. */
  int bytes() {
    int point = (wide ? Long.BYTES : Integer.BYTES) + (inFourBytes() ? Integer.BYTES : Long.BYTES);
    return single ? point : Integer.BYTES + POINTS * point;
  }

  private boolean inFourBytes() {
    return kind == ColumnKind.F32;
  }

  ByteBuffer write(List<Block> blocks) {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(blocks.size(), bytes()));
    blocks.forEach(block -> write(out, block));
    return out.flip();
  }

  private void write(ByteBuffer out, Block block) {
    if (single) {
      write(out, block.first());
      return;
    }
    out.putInt(
        (int) block.count()
            | (block.least() == null ? 0 : NUMBERS)
            | (block.notNumber() == null ? 0 : NOT_NUMBER));
    write(out, block.first());
    write(out, block.last());
    write(out, block.least());
    write(out, block.greatest());
    write(out, block.notNumber());
  }

  private void write(ByteBuffer out, @Nullable Point point) {
    long distance = point == null ? 0 : point.step() - first;
    long bits = point == null ? 0 : point.value().bits();
    if (wide) {
      out.putLong(distance);
    } else {
      out.putInt((int) distance);
    }
    if (inFourBytes()) {
      out.putInt((int) bits);
    } else {
      out.putLong(bits);
    }
  }

  List<Block> read(ByteBuffer in, int count) {
    List<Block> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(single ? Block.of(point(in)) : block(in));
    }
    return blocks;
  }

  private Block block(ByteBuffer in) {
    int head = in.getInt();
    Point begin = point(in);
    Point end = point(in);
    Point least = point(in);
    Point greatest = point(in);
    Point notNumber = point(in);
    boolean numbers = (head & NUMBERS) != 0;
    return new Block(
        head & COUNT,
        begin,
        end,
        numbers ? least : null,
        numbers ? greatest : null,
        (head & NOT_NUMBER) != 0 ? notNumber : null);
  }

  private Point point(ByteBuffer in) {
    long step = first + (wide ? in.getLong() : in.getInt());
    return new Point(
        step, new Scalar(kind, inFourBytes() ? Integer.toUnsignedLong(in.getInt()) : in.getLong()));
  }
}
