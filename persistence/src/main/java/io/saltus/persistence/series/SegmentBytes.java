package io.saltus.persistence.series;

import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricName;
import io.saltus.persistence.runs.Rewinds.Rewind;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.series.Segment.Blocks;
import io.saltus.persistence.series.Segment.Place;
import io.saltus.persistence.series.Segment.Section;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A segment as bytes: the length of its head and that of its sections, the head, a CRC-32C of all
 * that, and the sections, each with its CRC-32C in the head. {@code docs/formats/series.md} has the
 * layout.
 */
final class SegmentBytes {

  /** The two lengths. */
  static final int LENGTHS = 2 * Integer.BYTES;

  /** Of the head's checksum. */
  static final int CHECKSUM = Integer.BYTES;

  private SegmentBytes() {}

  static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  /** All bytes of a segment. */
  static ByteBuffer write(SegmentDraft draft, long known, int proof, List<Rewind> rewinds) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteArrayOutputStream sections = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(head), sections, draft, known, proof, rewinds);
    } catch (IOException e) {
      throw new IllegalStateException("there is no room in memory", e);
    }
    ByteBuffer all = ByteBuffer.allocate(LENGTHS + head.size() + CHECKSUM + sections.size());
    all.putInt(head.size()).putInt(sections.size()).put(head.toByteArray());
    all.putInt(checksum(all.duplicate().flip()));
    return all.put(sections.toByteArray()).flip();
  }

  private static void write(
      DataOutputStream out,
      ByteArrayOutputStream sections,
      SegmentDraft draft,
      long known,
      int proof,
      List<Rewind> rewinds)
      throws IOException {
    out.writeLong(draft.lastSequence());
    out.writeLong(known);
    out.writeInt(proof);
    out.writeLong(draft.steps().from());
    out.writeLong(draft.steps().until());
    out.writeInt(rewinds.size());
    for (Rewind rewind : rewinds) {
      out.writeLong(rewind.sequence());
      out.writeLong(rewind.offset());
      out.writeLong(rewind.toStep());
    }
    out.writeInt(draft.places().size());
    for (Place place : draft.places()) {
      out.writeLong(place.step());
      out.writeLong(place.sequence());
    }
    out.writeInt(draft.metrics().size());
    for (Map.Entry<MetricName, Values> metric : draft.metrics().entrySet()) {
      Values values = metric.getValue();
      int base = draft.base(values);
      out.writeUTF(metric.getKey().value());
      out.writeUTF(values.kind().name());
      out.writeLong(values.size());
      out.writeInt(base);
      List<List<Block>> levels = Levels.above(values.blocks(base));
      out.writeInt(levels.size());
      for (int level = 0; level < levels.size(); level++) {
        boolean single = base == Levels.SPARSE && level == 0;
        ByteBuffer bytes =
            BlockLayout.of(values.kind(), draft.steps(), single).write(levels.get(level));
        out.writeInt(levels.get(level).size());
        out.writeInt(checksum(bytes));
        byte[] section = new byte[bytes.remaining()];
        bytes.get(section);
        sections.writeBytes(section);
      }
    }
  }

  /**
   * Reads a head.
   *
   * @param head without lengths and checksum
   * @param position of the first section in the file
   * @throws IOException when it is not what {@link #write} lays out, as unchecked exceptions do
   */
  static Segment read(byte[] head, long position) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(head));
    long until = in.readLong();
    long known = in.readLong();
    int proof = in.readInt();
    StepRange steps = new StepRange(in.readLong(), in.readLong());
    List<Rewind> rewinds = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      rewinds.add(new Rewind(in.readLong(), in.readLong(), in.readLong()));
    }
    List<Place> places = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      places.add(new Place(in.readLong(), in.readLong()));
    }
    Map<MetricName, Blocks> metrics = new HashMap<>();
    long next = position;
    for (int left = in.readInt(); left > 0; left--) {
      MetricName name = new MetricName(in.readUTF());
      ColumnKind kind = ColumnKind.valueOf(in.readUTF());
      long count = in.readLong();
      int base = in.readInt();
      List<Section> levels = new ArrayList<>();
      int all = in.readInt();
      for (int level = 0; level < all; level++) {
        int blocks = in.readInt();
        boolean single = base == Levels.SPARSE && level == 0;
        int bytes = Math.multiplyExact(blocks, BlockLayout.of(kind, steps, single).bytes());
        levels.add(new Section(next, bytes, in.readInt(), blocks));
        next += bytes;
      }
      metrics.put(name, new Blocks(kind, count, base, levels));
    }
    return new Segment(until, known, proof, steps, rewinds, places, metrics);
  }
}
