package io.saltus.persistence.runs;

import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AuditEvent;
import io.saltus.experiment.event.ProbeEvent;
import io.saltus.persistence.codec.AnalysisEventSerializer;
import io.saltus.persistence.codec.AuditEventSerializer;
import io.saltus.persistence.codec.EventCodec;
import io.saltus.persistence.codec.ProbeEventSerializer;
import io.saltus.persistence.read.Bytes;
import io.saltus.persistence.read.SerializedValue;
import io.saltus.persistence.read.StoredEvent;
import java.util.List;

/**
 * A kind of stream that stands beside that of each run.
 *
 * @param <E> its events
 */
public final class BesideStream<E> {

  /** What later examinations of a run found. */
  public static final BesideStream<AuditEvent> AUDIT =
      new BesideStream<>("audit", AuditEventSerializer.ID, EventCodec.ofAudits());

  /** Metrics of a run that nobody asked for at the time. */
  public static final BesideStream<ProbeEvent> PROBE =
      new BesideStream<>("probe", ProbeEventSerializer.ID, EventCodec.ofProbes());

  /** What is made of a run's series. */
  public static final BesideStream<AnalysisEvent> ANALYSIS =
      new BesideStream<>("analysis", AnalysisEventSerializer.ID, EventCodec.ofAnalyses());

  /** All kinds. */
  public static final List<BesideStream<?>> ALL = List.of(ANALYSIS, AUDIT, PROBE);

  private final String name;
  private final int serializerId;
  private final EventCodec<E> codec;

  private BesideStream(String name, int serializerId, EventCodec<E> codec) {
    this.name = name;
    this.serializerId = serializerId;
    this.codec = codec;
  }

  /** What stands before the bar in its persistence ids: {@code audit}. */
  public String name() {
    return name;
  }

  /** The stream of one run. */
  public String persistenceId(RunId run) {
    return name + "|" + run;
  }

  /** The bytes of its events. */
  public EventCodec<E> codec() {
    return codec;
  }

  SerializedValue encode(E event) {
    return new SerializedValue(
        serializerId, codec.manifest(event), Bytes.wrap(codec.encode(event)));
  }

  BesideEvent<E> decode(RunId run, StoredEvent stored) {
    return new BesideEvent<>(
        run,
        stored.sequence(),
        stored.offset(),
        stored.time(),
        StoredEvents.decode(name + " of run " + run, stored, serializerId, codec));
  }

  @Override
  public String toString() {
    return name;
  }
}
