package io.saltus.persistence.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.proto.v1.EventsProto;
import io.saltus.proto.v1.MetricsProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Reads of a recorded frame only which attempt recorded it and which steps it covers: its columns,
 * which are nearly all of its bytes, are passed over.
 */
public final class FrameOutline {

  private static final String MANIFEST = MetricsRecorded.class.getSimpleName();

  private FrameOutline() {}

  /** The event with a frame of no columns; empty where it must be read whole to say what it is. */
  public static Optional<MetricsRecorded> read(String manifest, ByteBuffer bytes) {
    if (!manifest.equals(MANIFEST)) {
      return Optional.empty();
    }
    try {
      return read(CodedInputStream.newInstance(bytes));
    } catch (IOException | IllegalArgumentException notAsWritten) {
      // Whoever reads it whole says what is wrong.
      return Optional.empty();
    }
  }

  private static Optional<MetricsRecorded> read(CodedInputStream in) throws IOException {
    int attempt = 0;
    Optional<MetricFrame> frame = Optional.empty();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == varint(EventsProto.MetricsRecorded.ATTEMPT_FIELD_NUMBER)) {
        attempt = in.readUInt32();
      } else if (tag == message(EventsProto.MetricsRecorded.FRAME_FIELD_NUMBER)) {
        int outer = in.pushLimit(in.readRawVarint32());
        frame = frame(in);
        in.popLimit(outer);
      } else {
        return Optional.empty();
      }
    }
    int number = attempt;
    return number < 1 ? Optional.empty() : frame.map(part -> new MetricsRecorded(number, part));
  }

  private static Optional<MetricFrame> frame(CodedInputStream in) throws IOException {
    long from = -1;
    long until = -1;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == varint(MetricsProto.MetricFrame.FROM_FIELD_NUMBER)) {
        from = in.readUInt64();
      } else if (tag == varint(MetricsProto.MetricFrame.UNTIL_FIELD_NUMBER)) {
        until = in.readUInt64();
      } else if (tag == message(MetricsProto.MetricFrame.COLUMNS_FIELD_NUMBER)) {
        in.skipField(tag);
      } else {
        return Optional.empty();
      }
    }
    return from < 0 || until < 0
        ? Optional.empty()
        : Optional.of(new MetricFrame(from, until, List.of()));
  }

  private static int varint(int field) {
    return (field << 3) | WireFormat.WIRETYPE_VARINT;
  }

  private static int message(int field) {
    return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
