package io.saltus.persistence.codec;

import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.experiment.event.ProbeEvent;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.SupervisorEvent;
import java.nio.ByteBuffer;

/**
 * Events and their bytes. The bytes are a protocol buffer message of {@code saltus.v1}; the
 * manifest beside them is the event's simple name, such as {@code MetricsRecorded}. Equal events
 * give equal bytes. Immutable and safe for use by several threads.
 *
 * @param <E> the protocol: the events of a run, of the supervisor, of audits, of probes, of
 *     analyses or of studies
 */
public final class EventCodec<E> {

  private static final EventCodec<RunEvent> RUNS = new EventCodec<>(RunEvents.table());
  private static final EventCodec<SupervisorEvent> SUPERVISOR =
      new EventCodec<>(SupervisorEvents.table());
  private static final EventCodec<AuditEvent> AUDITS = new EventCodec<>(AuditEvents.table());
  private static final EventCodec<ProbeEvent> PROBES = new EventCodec<>(ProbeEvents.table());
  private static final EventCodec<AnalysisEvent> ANALYSES =
      new EventCodec<>(AnalysisEvents.table());
  private static final EventCodec<StudyEvent> STUDIES = new EventCodec<>(StudyEvents.table());

  private final EventTable<E> table;

  private EventCodec(EventTable<E> table) {
    this.table = table;
  }

  /** The events of a run. */
  public static EventCodec<RunEvent> ofRuns() {
    return RUNS;
  }

  /** The events of the supervisor. */
  public static EventCodec<SupervisorEvent> ofSupervisor() {
    return SUPERVISOR;
  }

  /** The events of audits. */
  public static EventCodec<AuditEvent> ofAudits() {
    return AUDITS;
  }

  /** The events of probes. */
  public static EventCodec<ProbeEvent> ofProbes() {
    return PROBES;
  }

  /** The events of analyses. */
  public static EventCodec<AnalysisEvent> ofAnalyses() {
    return ANALYSES;
  }

  /** The events of studies. */
  public static EventCodec<StudyEvent> ofStudies() {
    return STUDIES;
  }

  /** What stands beside the bytes of an event. */
  public String manifest(E event) {
    return event.getClass().getSimpleName();
  }

  /**
   * The bytes of an event.
   *
   * @throws CodecException when a field is out of its range, so that it could not be read back
   */
  public byte[] encode(E event) {
    return table.encode(event);
  }

  /**
   * The event of some bytes.
   *
   * @param manifest the name it was written under
   * @throws CodecException when the name is unknown, the format newer, or the bytes are not those
   *     of an event; the message names event and field
   */
  public E decode(String manifest, ByteBuffer bytes) {
    return table.decode(Manifest.read(manifest).name(), bytes);
  }

  /** As {@link #decode(String, ByteBuffer)}. */
  public E decode(String manifest, byte[] bytes) {
    return decode(manifest, ByteBuffer.wrap(bytes));
  }
}
