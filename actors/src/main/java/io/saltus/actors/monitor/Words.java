package io.saltus.actors.monitor;

import io.saltus.analysis.monitor.Remark;
import io.saltus.analysis.monitor.RunMonitor;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.metric.MetricName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a monitor of this version has said of a run already. A remark is known again by its kind,
 * metric and steps, not by the numbers of its fit, which another machine may compute with other
 * last digits.
 */
final class Words {

  /** What makes two remarks the same. */
  private record Key(Class<?> kind, MetricName metric, long suspectedStep, long step) {}

  private final Map<Key, Integer> said = new HashMap<>();

  static Words of(List<AnalysisEvent> events) {
    Words words = new Words();
    events.forEach(event -> key(event).ifPresent(key -> words.said.merge(key, 1, Integer::sum)));
    return words;
  }

  /** Whether it had been said; if so, it counts as said one time less. */
  boolean take(Remark remark) {
    Key key = key(event(remark)).orElseThrow();
    boolean known = said.containsKey(key);
    said.computeIfPresent(key, (same, times) -> times == 1 ? null : times - 1);
    return known;
  }

  /** A remark as it is journalled. */
  static AnalysisEvent event(Remark remark) {
    if (remark instanceof Remark.Suspected suspected) {
      return new JumpSuspected(
          RunMonitor.DETECTOR,
          RunMonitor.VERSION,
          suspected.metric(),
          suspected.step(),
          suspected.changeStep(),
          suspected.statistic(),
          suspected.rise());
    } else if (remark instanceof Remark.Detected detected) {
      return new JumpDetected(
          RunMonitor.DETECTOR,
          RunMonitor.VERSION,
          detected.metric(),
          detected.suspectedStep(),
          detected.step(),
          detected.jump());
    }
    Remark.Withdrawn withdrawn = (Remark.Withdrawn) remark;
    return new JumpWithdrawn(
        RunMonitor.DETECTOR,
        RunMonitor.VERSION,
        withdrawn.metric(),
        withdrawn.suspectedStep(),
        withdrawn.step(),
        withdrawn.reason());
  }

  /** Empty for what others said, or another version of this. */
  private static Optional<Key> key(AnalysisEvent event) {
    if (event instanceof JumpSuspected suspected) {
      return ours(suspected.detector(), suspected.version())
          .map(
              ours ->
                  new Key(
                      JumpSuspected.class, suspected.metric(), suspected.step(), suspected.step()));
    } else if (event instanceof JumpDetected detected) {
      return ours(detected.detector(), detected.version())
          .map(
              ours ->
                  new Key(
                      JumpDetected.class,
                      detected.metric(),
                      detected.suspectedStep(),
                      detected.step()));
    } else if (event instanceof JumpWithdrawn withdrawn) {
      return ours(withdrawn.detector(), withdrawn.version())
          .map(
              ours ->
                  new Key(
                      JumpWithdrawn.class,
                      withdrawn.metric(),
                      withdrawn.suspectedStep(),
                      withdrawn.step()));
    }
    return Optional.empty();
  }

  private static Optional<String> ours(String detector, int version) {
    return Optional.of(detector)
        .filter(name -> name.equals(RunMonitor.DETECTOR) && version == RunMonitor.VERSION);
  }
}
