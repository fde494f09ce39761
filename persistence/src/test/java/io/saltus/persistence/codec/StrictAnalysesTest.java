package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.metric.MetricName;
import io.saltus.proto.v1.BesideProto;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class StrictAnalysesTest {

  private static final EventCodec<AnalysisEvent> CODEC = EventCodec.ofAnalyses();
  private static final MetricName LOSS = new MetricName("train.loss");

  @Test
  void a_missing_field_is_named() {
    assertRefused("JumpSuspected", new byte[0]).hasMessage("JumpSuspected.detector is missing");
    assertRefused("JumpDetected", new byte[0]).hasMessage("JumpDetected.detector is missing");
    assertRefused("JumpWithdrawn", new byte[0]).hasMessage("JumpWithdrawn.detector is missing");
    assertRefused(event -> event.clearUntilSequence())
        .hasMessage("AnalysisCompleted.until_sequence is missing");
    assertRefused(event -> event.getJumpsBuilder(1).clearMidpointBits())
        .hasMessage("AnalysisCompleted.jumps[1].midpoint_bits is missing");
    assertRefused(event -> event.getJumpsBuilder(0).clearEndInterval())
        .hasMessage("AnalysisCompleted.jumps[0].end_interval is missing");
    assertRefused(event -> event.getJumpsBuilder(0).getEndIntervalBuilder().clearHighBits())
        .hasMessage("AnalysisCompleted.jumps[0].end_interval.high_bits is missing");
    assertRefused(event -> event.getJumpsBuilder(0).clearKind())
        .hasMessage("AnalysisCompleted.jumps[0].kind is missing");
    assertRefused(event -> event.getJumpsBuilder(0).getCriteriaBuilder(1).clearMet())
        .hasMessage("AnalysisCompleted.jumps[0].criteria[1].met is missing");
    assertRefused(event -> event.getTestedBuilder(1).getBootstrapBuilder().clearSeed())
        .hasMessage("AnalysisCompleted.tested[1].bootstrap.seed is missing");
    assertRefused(event -> event.getChangePointsBuilder(0).clearReason())
        .hasMessage("AnalysisCompleted.change_points[0].reason is missing");
    assertRefused(event -> event.getParametersBuilder(2).clearValue())
        .hasMessage("AnalysisCompleted.parameters[2].value is missing");
  }

  /** Every field of every message: a second reader may rely on each. */
  @Test
  void no_field_may_be_missing_but_one() throws InvalidProtocolBufferException {
    BesideProto.Jump jump = sample().getJumps(0);
    for (var field : BesideProto.Jump.getDescriptor().getFields()) {
      if (!field.isRepeated()) {
        BesideProto.Jump without = jump.toBuilder().clearField(field).build();
        assertThatThrownBy(() -> JumpCodec.read(At.event("jump"), without))
            .as(field.getName())
            .hasMessage("jump." + field.getName() + " is missing");
      }
    }
    BesideProto.TestedSeries tested = sample().getTested(1);
    for (var field : BesideProto.TestedSeries.getDescriptor().getFields()) {
      if (!field.getName().equals("no_p")) {
        BesideProto.TestedSeries without = tested.toBuilder().clearField(field).build();
        assertThatThrownBy(() -> JumpCodec.read(At.event("tested"), without))
            .as(field.getName())
            .hasMessage("tested." + field.getName() + " is missing");
      }
    }
    BesideProto.ChangePoint change = sample().getChangePoints(0);
    for (var field : BesideProto.ChangePoint.getDescriptor().getFields()) {
      if (!field.isRepeated()) {
        BesideProto.ChangePoint without = change.toBuilder().clearField(field).build();
        assertThatThrownBy(() -> JumpCodec.read(At.event("change"), without))
            .as(field.getName())
            .hasMessage("change." + field.getName() + " is missing");
      }
    }
  }

  @Test
  void an_unknown_field_is_refused_wherever_it_stands() {
    UnknownFieldSet more =
        UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    Map<String, Consumer<BesideProto.AnalysisCompleted.Builder>> places =
        Map.of(
            "parameters[0]", event -> event.getParametersBuilder(0).setUnknownFields(more),
            "tested[0]", event -> event.getTestedBuilder(0).setUnknownFields(more),
            "tested[0].bootstrap",
                event -> event.getTestedBuilder(0).getBootstrapBuilder().setUnknownFields(more),
            "jumps[1]", event -> event.getJumpsBuilder(1).setUnknownFields(more),
            "jumps[1].delta_interval",
                event -> event.getJumpsBuilder(1).getDeltaIntervalBuilder().setUnknownFields(more),
            "jumps[0].criteria[0]",
                event -> event.getJumpsBuilder(0).getCriteriaBuilder(0).setUnknownFields(more),
            "change_points[0]", event -> event.getChangePointsBuilder(0).setUnknownFields(more),
            "code", event -> event.getCodeBuilder().setUnknownFields(more));
    places.forEach(
        (place, change) ->
            assertRefused(change)
                .hasMessage(
                    "AnalysisCompleted.%s holds the unknown field 99; it was written by a newer"
                            .formatted(place)
                        + " Saltus, or is damaged"));
  }

  @Test
  void an_unknown_kind_was_written_by_a_newer_version() {
    assertRefused(event -> event.getJumpsBuilder(0).setKindValue(77))
        .hasMessage(
            "AnalysisCompleted.jumps[0].kind is the unknown number 77; it was written by a newer"
                + " Saltus, or is damaged")
        .extracting(thrown -> ((CodecException) thrown).fromNewer())
        .isEqualTo(true);
    assertRefused(event -> event.getJumpsBuilder(0).setSharpValue(4))
        .hasMessageStartingWith("AnalysisCompleted.jumps[0].sharp is the unknown number 4;");
  }

  @Test
  void what_contradicts_itself_is_refused() {
    assertRefused(event -> event.getParametersBuilder(1).setName("seed"))
        .hasMessage("AnalysisCompleted: the parameter seed comes twice");
    assertRefused(event -> event.getTestedBuilder(1).setMetric("validation.accuracy"))
        .hasMessage("AnalysisCompleted: the metric validation.accuracy comes twice");
    assertRefused(event -> event.getJumpsBuilder(0).setMetric("weight-norm"))
        .hasMessage("AnalysisCompleted: weight-norm changes and was not tested");
    assertRefused(event -> event.getChangePointsBuilder(0).setMetric("weight-norm"))
        .hasMessage("AnalysisCompleted: weight-norm changes and was not tested");
    assertRefused(event -> event.getJumpsBuilder(0).setMetric("\u00e0 la grokking"))
        .hasMessage(
            "AnalysisCompleted.jumps[0].metric is no name of a metric: '\u00e0 la grokking'");
    assertRefused(event -> event.setVersion(0))
        .hasMessage("AnalysisCompleted.version is 0, not at least 1");
    assertRefused(event -> event.setUntilStep(-1))
        .hasMessage("AnalysisCompleted.until_step is -1, not at least 0");
  }

  @Test
  void there_is_one_nan_only() {
    assertRefused(event -> event.getJumpsBuilder(0).setPBits(0x7ff8000000000001L))
        .hasMessage("AnalysisCompleted.jumps[0].p_bits is a NaN of its own");
  }

  @Test
  void a_verdict_follows_its_suspicion() {
    assertThatThrownBy(() -> new JumpSuspected("d", 1, LOSS, 9, 10, 1, true))
        .hasMessage("a change from step 10 seen at step 9");
    assertThatThrownBy(() -> new JumpWithdrawn("d", 1, LOSS, 9, 8, ""))
        .hasMessage("suspected at step 9, decided at step 8");
    assertThatThrownBy(() -> new JumpDetected("d", 1, LOSS, 9, 10, SampleJumps.grokking()))
        .hasMessage("a jump of validation.accuracy in train.loss");
  }

  @Test
  void an_event_that_could_not_be_read_back_is_not_written() {
    assertThatThrownBy(() -> CODEC.encode(new JumpWithdrawn("d", 0, LOSS, 1, 2, "")))
        .isInstanceOf(CodecException.class)
        .hasMessage("JumpWithdrawn.version is 0, not at least 1");
    assertThatThrownBy(() -> CODEC.encode(new JumpWithdrawn("", 1, LOSS, 1, 2, "")))
        .isInstanceOf(CodecException.class)
        .hasMessage("JumpWithdrawn.detector is empty");
    assertThatThrownBy(() -> CODEC.encode(new JumpSuspected("d", 1, LOSS, 1, -1, 0, true)))
        .isInstanceOf(CodecException.class)
        .hasMessage("JumpSuspected.change_step is -1, not at least 0");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Consumer<BesideProto.AnalysisCompleted.Builder> change) {
    BesideProto.AnalysisCompleted.Builder event = sample().toBuilder();
    change.accept(event);
    return assertRefused("AnalysisCompleted", event.build().toByteArray());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String manifest, byte[] bytes) {
    return assertThatThrownBy(() -> CODEC.decode(manifest, bytes))
        .isInstanceOf(CodecException.class);
  }

  private static BesideProto.AnalysisCompleted sample() {
    try {
      return BesideProto.AnalysisCompleted.parseFrom(
          CODEC.encode(Samples.analysisEvents().get("AnalysisCompleted")));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
