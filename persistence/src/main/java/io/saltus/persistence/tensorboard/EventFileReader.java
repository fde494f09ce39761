package io.saltus.persistence.tensorboard;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import io.saltus.proto.tensorboard.EventFileProto.Event;
import io.saltus.proto.tensorboard.EventFileProto.Summary;
import io.saltus.proto.tensorboard.HyperParametersProto.HParamsPluginData;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads an event file from its beginning as far as its records are whole. What lies behind a record
 * that is cut short or whose checksums are wrong cannot be found again, so reading ends there.
 */
public final class EventFileReader {

  private static final int LONGEST = 64 << 20;

  /** Longer ones hold pictures or graphs; taken apart they need 25 times their length. */
  private static final int LONGEST_PARSED = 4 << 20;

  private static final String HYPERPARAMETERS = "hparams";

  private final Path file;
  private final MaskedCrc crc = new MaskedCrc();
  private byte[] record = new byte[1 << 12];
  private int length;

  /** Reads a file. */
  public EventFileReader(Path file) {
    this.file = file;
  }

  /** Takes what a file holds. */
  public interface Listener {
    /**
     * An event: what comes until the next one stands in it.
     *
     * @param wallTime seconds since 1970, as they are written; 0 where none are
     */
    void event(double wallTime);

    /**
     * A number.
     *
     * @param tag what it is called there
     * @param step as it is written, also if negative
     */
    void scalar(String tag, long step, ScalarValue value);

    /** What the run was computed with. */
    void parameter(String name, String text);

    /**
     * Something that is no number: a histogram, an image, a graph.
     *
     * @param what the tag, or empty
     */
    void other(String what);

    /** A record of more than 4 MiB, which is not looked into. */
    void longRecord();
  }

  /**
   * How far a file could be read.
   *
   * @param records that were whole
   * @param bytes of them
   * @param damage why what is left could not be read; empty where all was
   */
  public record Extent(long records, long bytes, Optional<String> damage) {}

  /**
   * Reads it.
   *
   * @throws IOException when the disk does not let it
   */
  public Extent read(Listener listener) throws IOException {
    long size = Files.size(file);
    long bytes = 0;
    long records = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      while (bytes < size) {
        Optional<String> damage = take(in, size - bytes, listener);
        if (damage.isPresent()) {
          return new Extent(records, bytes, damage);
        }
        bytes += EventRecords.HEADER + (long) length + EventRecords.FOOTER;
        records++;
      }
    }
    return new Extent(records, bytes, Optional.empty());
  }

  /** One record; what is wrong with it. */
  private Optional<String> take(InputStream in, long left, Listener listener) throws IOException {
    if (in.readNBytes(record, 0, EventRecords.HEADER) < EventRecords.HEADER) {
      return Optional.of("it ends in the middle of a record");
    }
    ByteBuffer header = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    long stated = header.getLong(0);
    if (header.getInt(Long.BYTES) != crc.of(record, 0, Long.BYTES)) {
      return Optional.of("the checksum of a length is wrong");
    }
    if (stated < 0 || stated > LONGEST) {
      return Optional.of("a record of %d bytes".formatted(stated));
    }
    if (stated + EventRecords.FOOTER > left - EventRecords.HEADER) {
      return Optional.of("it ends in the middle of a record");
    }
    length = (int) stated;
    if (record.length < length + EventRecords.FOOTER) {
      record = new byte[length + EventRecords.FOOTER];
    }
    if (in.readNBytes(record, 0, length + EventRecords.FOOTER) < length + EventRecords.FOOTER) {
      return Optional.of("it ends in the middle of a record");
    }
    int footer = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    if (footer != crc.of(record, 0, length)) {
      return Optional.of("the checksum of a record is wrong");
    }
    if (length > LONGEST_PARSED) {
      listener.longRecord();
      return Optional.empty();
    }
    try {
      event(Event.parseFrom(CodedInputStream.newInstance(record, 0, length)), listener);
    } catch (InvalidProtocolBufferException e) {
      return Optional.of("a record is no event");
    }
    return Optional.empty();
  }

  private static void event(Event event, Listener listener) {
    listener.event(event.getWallTime());
    switch (event.getWhatCase()) {
      case SUMMARY -> {
        for (Summary.Value value : event.getSummary().getValueList()) {
          value(event.getStep(), value, listener);
        }
      }
      case FILE_VERSION -> {}
      case WHAT_NOT_SET -> listener.other("");
    }
  }

  private static void value(long step, Summary.Value value, Listener listener) {
    if (value.getMetadata().getPluginData().getPluginName().equals(HYPERPARAMETERS)) {
      parameters(value, listener);
      return;
    }
    Optional<ScalarValue> scalar =
        switch (value.getValueCase()) {
          case SIMPLE_VALUE -> Optional.of(new ScalarValue.Single(value.getSimpleValue()));
          case TENSOR -> ScalarTensor.read(value.getTensor());
          case VALUE_NOT_SET -> Optional.empty();
        };
    scalar.ifPresentOrElse(
        number -> listener.scalar(value.getTag(), step, number),
        () -> listener.other(value.getTag()));
  }

  private static void parameters(Summary.Value value, Listener listener) {
    try {
      HParamsPluginData data =
          HParamsPluginData.parseFrom(value.getMetadata().getPluginData().getContent());
      data.getSessionStartInfo()
          .getHparamsMap()
          .forEach((name, set) -> listener.parameter(name, text(set)));
    } catch (InvalidProtocolBufferException e) {
      listener.other(value.getTag());
    }
  }

  private static String text(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> ScalarValue.text(value.getNumberValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case STRING_VALUE -> value.getStringValue();
      default -> "";
    };
  }
}
