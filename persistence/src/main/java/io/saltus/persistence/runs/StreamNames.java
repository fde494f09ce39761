package io.saltus.persistence.runs;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.RunImported;
import io.saltus.experiment.event.RunEvent.RunSubmitted;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.RunEventSerializer;
import io.saltus.persistence.codec.StudyEventSerializer;
import io.saltus.persistence.codec.SupervisorEventSerializer;
import io.saltus.persistence.read.StoredEvent;
import java.util.Optional;

/** Tells the names of streams from what lies in them, for journals that have lost the names. */
public final class StreamNames {

  static final String SUPERVISOR = "supervisor|main";

  private static final EventCodec<RunEvent> RUNS = EventCodec.ofRuns();
  private static final EventCodec<StudyEvent> STUDIES = EventCodec.ofStudies();

  private StreamNames() {}

  /** The name of the stream that begins with an event; empty when that does not tell. */
  public static Optional<String> of(StoredEvent first) {
    if (first.serializerId() == SupervisorEventSerializer.ID) {
      return Optional.of(SUPERVISOR);
    }
    if (first.serializerId() == StudyEventSerializer.ID) {
      return study(first);
    }
    if (first.serializerId() != RunEventSerializer.ID) {
      return Optional.empty();
    }
    try {
      RunEvent event = RUNS.decode(first.manifest(), first.bytes().asByteBuffer());
      if (event instanceof RunImported imported) {
        return Optional.of(RunEventSource.stream(imported.run()));
      }
      return event instanceof RunSubmitted submitted
          ? Optional.of(RunEventSource.stream(submitted.run()))
          : Optional.empty();
    } catch (CodecException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> study(StoredEvent first) {
    try {
      return STUDIES.decode(first.manifest(), first.bytes().asByteBuffer())
              instanceof StudySubmitted submitted
          ? Optional.of("study|" + submitted.study())
          : Optional.empty();
    } catch (CodecException e) {
      return Optional.empty();
    }
  }
}
