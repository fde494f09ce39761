package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.proto.v1.BesideProto;
import io.saltus.proto.v1.EventsProto;
import io.saltus.proto.v1.MetricsProto;
import io.saltus.proto.v1.SpecProto;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class StrictReadingTest {

  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();

  @Test
  void an_unknown_name_is_refused() {
    assertRefused("RunDreamt", new byte[0])
        .hasMessage("unknown event RunDreamt; it was written by a newer Saltus, or is damaged")
        .extracting(thrown -> ((CodecException) thrown).fromNewer())
        .isEqualTo(true);
  }

  @Test
  void a_newer_format_is_refused() {
    assertRefused("RunPaused:2", new byte[0])
        .hasMessage("RunPaused is in format 2, and this version of Saltus reads up to format 1");
  }

  @Test
  void a_name_that_cannot_be_one_is_refused() {
    assertRefused("", new byte[0]).hasMessage("'' is no name of an event");
    assertRefused("RunPaused:0", new byte[0]).hasMessage("'RunPaused:0' is no name of an event");
  }

  @Test
  void a_missing_field_is_named() {
    assertRefused("CheckpointSaved", new byte[0]).hasMessage("CheckpointSaved.attempt is missing");
    assertRefused("MetricsRecorded", new byte[] {8, 1})
        .hasMessage("MetricsRecorded.frame is missing");
  }

  @Test
  void an_unknown_field_is_refused_wherever_it_stands() {
    UnknownFieldSet more =
        UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    assertRefused(frame -> frame.getColumnsBuilder(2).getStepsBuilder().setUnknownFields(more))
        .hasMessage(
            "MetricsRecorded.frame.columns[2].steps holds the unknown field 99; it was written by a"
                + " newer Saltus, or is damaged");
  }

  @Test
  void points_whose_steps_do_not_rise_are_refused_by_name() {
    SpecProto.Point point = SpecProto.Point.newBuilder().setStep(5).build();
    SpecProto.Component wire =
        SpecProto.Component.newBuilder()
            .setKind("sgd")
            .addParameters(
                SpecProto.Parameter.newBuilder()
                    .setName("piecewise")
                    .setPoints(SpecProto.Points.newBuilder().addPoints(point).addPoints(point)))
            .build();
    assertThatThrownBy(() -> ComponentCodec.read(At.event("optimizer"), wire))
        .isInstanceOf(CodecException.class)
        .hasMessage("optimizer.parameters[0].points: step 5 does not follow 5");
  }

  @Test
  void an_unknown_enum_number_is_refused() {
    assertRefused(frame -> frame.getColumnsBuilder(0).setKindValue(77))
        .hasMessage(
            "MetricsRecorded.frame.columns[0].kind is the unknown number 77; it was written by a"
                + " newer Saltus, or is damaged");
    assertRefused(frame -> frame.getColumnsBuilder(0).clearKind())
        .hasMessage("MetricsRecorded.frame.columns[0].kind is missing");
  }

  @Test
  void a_count_of_steps_that_the_values_do_not_bear_out_is_refused_before_it_takes_memory() {
    assertRefused(frame -> frame.getColumnsBuilder(0).getStepsBuilder().setCount(1L << 60))
        .hasMessage(
            "MetricsRecorded.frame.columns[0].steps.count is 1152921504606846976, with values for"
                + " 4");
  }

  @Test
  void values_of_a_wrong_size_are_refused() {
    assertRefused(frame -> frame.getColumnsBuilder(0).setValues(ByteString.copyFrom(new byte[3])))
        .hasMessage("MetricsRecorded.frame.columns[0].values have the size 3, not a multiple of 4");
    assertRefused(frame -> frame.getColumnsBuilder(3).setWidth(7))
        .hasMessage("MetricsRecorded.frame.columns[3].values have the size 3, not a multiple of 7");
    assertRefused(frame -> frame.getColumnsBuilder(4).setWidth(3))
        .hasMessage("MetricsRecorded.frame.columns[4].edges are 3 for 3 bins");
    assertRefused(frame -> frame.getColumnsBuilder(4).addCounts(1))
        .hasMessage("MetricsRecorded.frame.columns[4].counts have the size 5, not a multiple of 2");
  }

  @Test
  void steps_that_leave_their_frame_or_all_numbers_are_refused() {
    assertRefused(frame -> frame.getColumnsBuilder(0).getStepsBuilder().setFirst(8))
        .hasMessage("MetricsRecorded.frame: train.loss has steps outside of its frame 100 to 109");
    assertRefused(frame -> frame.getColumnsBuilder(0).getStepsBuilder().setStride(1L << 62))
        .hasMessage("MetricsRecorded.frame.columns[0].steps.first leads beyond 2^63");
    assertRefused(frame -> frame.getColumnsBuilder(2).getStepsBuilder().setDeltas(0, 0))
        .hasMessage("MetricsRecorded.frame.columns[2].steps.deltas hold 0");
  }

  @Test
  void an_audit_that_contradicts_itself_is_refused() {
    BesideProto.RunVerified.Builder audit =
        BesideProto.RunVerified.newBuilder()
            .setFromStep(1)
            .setUntilStep(5)
            .setIdentical(false)
            .setSteps(5)
            .setMetrics(1)
            .setTensors(0)
            .setFingerprint(ProvenanceCodec.write(Samples.fingerprint()))
            .setCode(ProvenanceCodec.write(Samples.code()));
    assertThatThrownBy(
            () -> EventCodec.ofAudits().decode("RunVerified", audit.build().toByteArray()))
        .isInstanceOf(CodecException.class)
        .hasMessage("RunVerified: not identical, without a difference");
    audit.setIdentical(true).setUntilStep(0);
    assertThatThrownBy(
            () -> EventCodec.ofAudits().decode("RunVerified", audit.build().toByteArray()))
        .hasMessage("RunVerified: verified from 1 until 0");
    audit.clearTensors();
    assertThatThrownBy(
            () -> EventCodec.ofAudits().decode("RunVerified", audit.build().toByteArray()))
        .hasMessage("RunVerified.tensors is missing");
  }

  @Test
  void a_cadence_of_checkpoints_is_written_in_one_way_only() {
    SpecProto.CheckpointPolicy policy =
        SpecProto.CheckpointPolicy.newBuilder().setEvery("120 seconds").setKeepLast(1).build();
    assertThatThrownBy(() -> CheckpointPolicyCodec.read(At.event("checkpoint"), policy))
        .isInstanceOf(CodecException.class)
        .hasMessage("checkpoint.every is written 120 seconds, not 2 minutes");
  }

  @Test
  void bytes_that_are_no_message_are_refused() {
    assertRefused("RunPaused", new byte[] {0}).hasMessageStartingWith("RunPaused is damaged: ");
  }

  @Test
  void an_event_that_could_not_be_read_back_is_not_written() {
    assertThatThrownBy(() -> CODEC.encode(new RunEvent.RunPaused(-2, "")))
        .isInstanceOf(CodecException.class)
        .hasMessage("RunPaused.step is -2, not at least -1");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Consumer<MetricsProto.MetricFrame.Builder> change) {
    EventsProto.MetricsRecorded.Builder event = sample();
    change.accept(event.getFrameBuilder());
    return assertRefused("MetricsRecorded", event.build().toByteArray());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String manifest, byte[] bytes) {
    return assertThatThrownBy(() -> CODEC.decode(manifest, bytes))
        .isInstanceOf(CodecException.class);
  }

  private static EventsProto.MetricsRecorded.Builder sample() {
    return EventsProto.MetricsRecorded.newBuilder()
        .setAttempt(1)
        .setFrame(MetricsCodec.write(((MetricsRecorded) event()).frame()));
  }

  private static RunEvent event() {
    RunEvent event = Samples.runEvents().get("MetricsRecorded");
    assertThat(event).isNotNull();
    return event;
  }
}
