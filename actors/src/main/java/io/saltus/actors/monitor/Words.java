package io.saltus.actors.monitor;

import io.saltus.analysis.monitor.RunMonitor;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.metric.MetricName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a monitor of this version has said of a run already. A remark is known again by its kind,
 * metric and steps, not by the numbers of its fit, which another machine may compute with other
 * last digits.
 */
final class Words {

  /** What makes two remarks the same. */
  private record Key(Class<?> kind, MetricName metric, long suspectedStep, long step) {

    static Key of(Remark remark) {
      return new Key(remark.getClass(), remark.metric(), remark.suspectedStep(), remark.step());
    }
  }

  private final Map<Key, Integer> said = new HashMap<>();

  static Words of(List<AnalysisEvent> events) {
    Words words = new Words();
    for (AnalysisEvent event : events) {
      if (event instanceof Remark remark && isOurs(remark)) {
        words.said.merge(Key.of(remark), 1, Integer::sum);
      }
    }
    return words;
  }

  /** Whether it had been said; if so, it counts as said one time less. */
  boolean take(Remark remark) {
    Key key = Key.of(remark);
    boolean known = said.containsKey(key);
    said.computeIfPresent(key, (same, times) -> times == 1 ? null : times - 1);
    return known;
  }

  private static boolean isOurs(Remark remark) {
    return remark.detector().equals(RunMonitor.DETECTOR) && remark.version() == RunMonitor.VERSION;
  }
}
