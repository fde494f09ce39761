package io.saltus.app;

import io.saltus.app.control.BesideMessage;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.ProbeEvent;
import io.saltus.experiment.event.ProbeEvent.ProbeRecorded;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.session.MetricProvider;
import io.saltus.persistence.runs.BesideStream;
import java.util.ArrayList;
import java.util.List;

/** Gathers what probes record of a window of steps, as events of a size that can be handed on. */
public final class ProbeRecording {

  /** With the third that its text form takes more, well within what one request may hold. */
  private static final int MOST_BYTES = 600_000;

  private final RunId run;
  private final List<MetricProvider> probes;
  private final long from;
  private final long until;
  private List<BesideMessage<ProbeEvent>> pending = new ArrayList<>();
  private long bytes;

  /**
   * @param from the first step of the window
   * @param until the last step of the window, included
   */
  public ProbeRecording(RunId run, List<MetricProvider> probes, long from, long until) {
    this.run = run;
    this.probes = List.copyOf(probes);
    this.from = from;
    this.until = until;
  }

  /** Takes the values of the probes out of a frame; what lies outside of the window is left. */
  public void take(MetricFrame frame) {
    if (frame.until() < from || frame.from() > until) {
      return;
    }
    MetricFrame inside = frame.between(from, until);
    for (MetricProvider probe : probes) {
      Catalogue catalogue = new Catalogue(probe.metrics());
      List<Column> columns =
          inside.columns().stream()
              .filter(column -> catalogue.find(column.name()).isPresent())
              .toList();
      if (!columns.isEmpty()) {
        add(probe, catalogue, new MetricFrame(inside.from(), inside.until(), columns));
      }
    }
  }

  /** About how many bytes wait to be appended. */
  public long bytes() {
    return bytes;
  }

  /** What waits to be appended, in order; afterwards nothing does. */
  public List<BesideMessage<ProbeEvent>> drain() {
    List<BesideMessage<ProbeEvent>> drained = List.copyOf(pending);
    pending = new ArrayList<>();
    bytes = 0;
    return drained;
  }

  private void add(MetricProvider probe, Catalogue catalogue, MetricFrame frame) {
    ProbeRecorded event =
        new ProbeRecorded(probe.name(), probe.version(), from, until, catalogue, frame);
    int size = BesideStream.PROBE.codec().encode(event).length;
    if (size > MOST_BYTES && frame.until() > frame.from()) {
      long middle = frame.from() + (frame.until() - frame.from()) / 2;
      add(probe, catalogue, frame.between(frame.from(), middle));
      add(probe, catalogue, frame.between(middle + 1, frame.until()));
    } else {
      pending.add(new BesideMessage<>(BesideStream.PROBE, run, event));
      bytes += size;
    }
  }
}
