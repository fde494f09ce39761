package io.saltus.persistence.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Value;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.I64Column;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.proto.tensorboard.EventFileProto.DataClass;
import io.saltus.proto.tensorboard.EventFileProto.DataType;
import io.saltus.proto.tensorboard.EventFileProto.Event;
import io.saltus.proto.tensorboard.EventFileProto.Summary;
import io.saltus.proto.tensorboard.EventFileProto.SummaryMetadata;
import io.saltus.proto.tensorboard.EventFileProto.TensorProto;
import io.saltus.proto.tensorboard.EventFileProto.TensorShapeProto;
import io.saltus.proto.tensorboard.HyperParametersProto.HParamsPluginData;
import io.saltus.proto.tensorboard.HyperParametersProto.SessionEndInfo;
import io.saltus.proto.tensorboard.HyperParametersProto.SessionStartInfo;
import io.saltus.proto.tensorboard.HyperParametersProto.Status;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Writes the scalars and hyperparameters of one run. Singles are written as {@code simple_value},
 * doubles and integers as tensors of their own type, so that every value is exact.
 */
public final class EventFileWriter implements Closeable {

  private static final String VERSION = "brain.Event:2";
  private static final String SCALARS = "scalars";
  private static final String HYPERPARAMETERS = "hparams";
  private static final String SESSION = "_hparams_/session_";

  private final EventRecords records;
  private final Set<String> described = new HashSet<>();
  private byte[] buffer = new byte[1 << 12];

  /** How a session ended. */
  public enum End {
    /** It reached its end. */
    SUCCESS(Status.STATUS_SUCCESS),
    /** It ended without. */
    FAILURE(Status.STATUS_FAILURE),
    /** It goes on, or may. */
    RUNNING(Status.STATUS_RUNNING);

    private final Status wire;

    End(Status wire) {
      this.wire = wire;
    }
  }

  /**
   * Begins a file.
   *
   * @param out buffered; closed by this
   * @param time of its beginning
   */
  public EventFileWriter(OutputStream out, Instant time) throws IOException {
    records = new EventRecords(out);
    write(Event.newBuilder().setWallTime(seconds(time)).setFileVersion(VERSION).build());
  }

  /**
   * What the run was computed with: true and false, finite numbers, and everything else as text.
   *
   * @param group what runs have in common that differ in nothing else
   */
  public void parameters(SortedMap<String, String> parameters, String group, Instant time)
      throws IOException {
    SessionStartInfo.Builder start =
        SessionStartInfo.newBuilder().setGroupName(group).setStartTimeSecs(seconds(time));
    parameters.forEach((name, text) -> start.putHparams(name, value(text)));
    session("start_info", HParamsPluginData.newBuilder().setSessionStartInfo(start), time);
  }

  /** How the run ended. */
  public void end(End end, Instant time) throws IOException {
    session(
        "end_info",
        HParamsPluginData.newBuilder()
            .setSessionEndInfo(
                SessionEndInfo.newBuilder().setStatus(end.wire).setEndTimeSecs(seconds(time))),
        time);
  }

  private void session(String what, HParamsPluginData.Builder data, Instant time)
      throws IOException {
    Summary.Value.Builder value =
        Summary.Value.newBuilder()
            .setTag(SESSION + what)
            .setMetadata(metadata(HYPERPARAMETERS, data.build().toByteString()))
            .setTensor(
                TensorProto.newBuilder()
                    .setDtype(DataType.DT_FLOAT)
                    .setTensorShape(TensorShapeProto.getDefaultInstance())
                    .addFloatVal(0));
    write(
        Event.newBuilder()
            .setWallTime(seconds(time))
            .setSummary(Summary.newBuilder().addValue(value))
            .build());
  }

  private static Value value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Value.newBuilder().setBoolValue(Boolean.parseBoolean(text)).build();
    }
    return number(text)
        .map(number -> Value.newBuilder().setNumberValue(number).build())
        .orElseGet(() -> Value.newBuilder().setStringValue(text).build());
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /**
   * The values of one step.
   *
   * @param time at which they were recorded
   */
  public Step step(long step, Instant time) {
    return new Step(step, seconds(time));
  }

  /** The values of a step as they are added. */
  public final class Step {

    private final Event.Builder event;
    private final Summary.Builder summary = Summary.newBuilder();

    private Step(long step, double seconds) {
      event = Event.newBuilder().setWallTime(seconds).setStep(step);
    }

    /** Adds the value at a place of a column, from 0. */
    public Step add(String tag, ScalarColumn column, int place) {
      Summary.Value.Builder value = summary.addValueBuilder().setTag(tag);
      if (column instanceof F32Column singles) {
        value.setSimpleValue(singles.value(place));
      } else {
        if (described.add(tag)) {
          value.setMetadata(
              metadata(SCALARS, ByteString.EMPTY).setDataClass(DataClass.DATA_CLASS_SCALAR));
        }
        value.setTensor(tensor(column, place));
      }
      return this;
    }

    /** Writes them. */
    public void write() throws IOException {
      EventFileWriter.this.write(event.setSummary(summary).build());
    }
  }

  private static TensorProto tensor(ScalarColumn column, int place) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setTensorShape(TensorShapeProto.getDefaultInstance());
    return column instanceof I64Column integers
        ? tensor.setDtype(DataType.DT_INT64).addInt64Val(integers.value(place)).build()
        : tensor.setDtype(DataType.DT_DOUBLE).addDoubleVal(column.asDouble(place)).build();
  }

  private static SummaryMetadata.Builder metadata(String plugin, ByteString content) {
    return SummaryMetadata.newBuilder()
        .setPluginData(
            SummaryMetadata.PluginData.newBuilder().setPluginName(plugin).setContent(content));
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  private void write(Event event) throws IOException {
    int length = event.getSerializedSize();
    if (length > buffer.length) {
      buffer = new byte[Math.max(length, 2 * buffer.length)];
    }
    CodedOutputStream out = CodedOutputStream.newInstance(buffer, 0, length);
    event.writeTo(out);
    out.flush();
    records.write(buffer, length);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
