package io.saltus.app.cli;

import io.saltus.app.text.Figures;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.metric.MetricName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a monitor has said, in a few words: the suspicion or the jump that it spoke of last and did
 * not take back. Safe for use by many threads.
 */
final class JumpRemarks {

  private record Suspicion(MetricName metric, long step) {}

  private final Map<Suspicion, String> standing = new LinkedHashMap<>();
  private long behind;

  synchronized void said(AnalysisEvent event) {
    if (!(event instanceof Remark remark)) {
      return;
    }
    Suspicion suspicion = new Suspicion(remark.metric(), remark.suspectedStep());
    standing.remove(suspicion);
    if (remark instanceof JumpSuspected suspected) {
      standing.put(
          suspicion, "jump? " + suspected.metric() + " @" + Figures.whole(suspected.changeStep()));
    } else if (remark instanceof JumpDetected detected) {
      standing.put(suspicion, text(detected.jump()));
    }
  }

  /** The monitor has still to read so many events. */
  synchronized void behind(long events) {
    behind = events;
  }

  /** Empty when there is nothing to say. */
  synchronized String text() {
    String last = standing.values().stream().reduce("", (earlier, later) -> later);
    String late = behind == 0 ? "" : "monitor " + Figures.whole(behind) + " behind";
    return last.isEmpty() || late.isEmpty() ? last + late : last + "  " + late;
  }

  private static String text(Jump jump) {
    return "jump %s %s→%s @%s"
        .formatted(
            jump.metric(),
            level(jump.before()),
            level(jump.after()),
            Figures.whole(Math.round(jump.midpoint())));
  }

  private static String level(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size < 1_000 && size >= 0.01 ? "%.2f" : "%.1e", value);
  }
}
