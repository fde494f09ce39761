package io.saltus.persistence.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.codec.Samples;
import io.saltus.persistence.codec.StudyEventSerializer;
import io.saltus.persistence.codec.SupervisorEventSerializer;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import io.saltus.persistence.studies.StudyReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamNamesTest {

  private static StoredEvent stored(int serializer, String manifest, byte[] bytes) {
    return new StoredEvent(
        "stream 3",
        1,
        1,
        Instant.EPOCH,
        "",
        "",
        List.of(),
        new SerializedValue(serializer, manifest, Bytes.wrap(bytes)),
        null);
  }

  private static StoredEvent run(RunEvent event) {
    EventCodec<RunEvent> codec = EventCodec.ofRuns();
    return stored(RunEventSerializer.ID, codec.manifest(event), codec.encode(event));
  }

  @Test
  void the_stream_of_a_run_is_named_by_its_submission() {
    RunEvent.RunSubmitted submitted =
        (RunEvent.RunSubmitted) Samples.allEvents().get("RunSubmitted");
    assertThat(StreamNames.of(run(submitted))).contains("run|" + submitted.run());
    assertThat(StreamNames.of(run(new RunEvent.RunDeleted()))).isEmpty();
  }

  @Test
  void the_stream_of_the_supervisor_is_the_only_one_with_its_events() {
    SupervisorEvent event =
        Samples.allEvents().values().stream()
            .filter(SupervisorEvent.class::isInstance)
            .map(SupervisorEvent.class::cast)
            .findFirst()
            .orElseThrow();
    EventCodec<SupervisorEvent> codec = EventCodec.ofSupervisor();
    assertThat(
            StreamNames.of(
                stored(SupervisorEventSerializer.ID, codec.manifest(event), codec.encode(event))))
        .contains("supervisor|main");
  }

  @Test
  void the_stream_of_a_study_is_named_by_its_submission_as_its_reader_names_it() {
    EventCodec<StudyEvent> codec = EventCodec.ofStudies();
    StudyEvent.StudySubmitted submitted =
        (StudyEvent.StudySubmitted) Samples.allEvents().get("StudySubmitted");
    assertThat(
            StreamNames.of(
                stored(
                    StudyEventSerializer.ID, codec.manifest(submitted), codec.encode(submitted))))
        .contains(StudyReader.stream(submitted.study()));
    StudyEvent started = new StudyEvent.StudyStarted();
    assertThat(
            StreamNames.of(
                stored(StudyEventSerializer.ID, codec.manifest(started), codec.encode(started))))
        .isEmpty();
    assertThat(StreamNames.of(stored(StudyEventSerializer.ID, "StudySubmitted", new byte[] {1})))
        .isEmpty();
  }

  @Test
  void what_cannot_be_decoded_or_is_not_ours_tells_nothing() {
    assertThat(StreamNames.of(stored(RunEventSerializer.ID, "RunSubmitted", new byte[] {1, 2})))
        .isEmpty();
    assertThat(StreamNames.of(stored(7, "text", new byte[0]))).isEmpty();
  }
}
