package io.saltus.analysis.monitor;

import io.saltus.analysis.jump.MetricKind;
import io.saltus.analysis.online.ChangeWatch;
import io.saltus.analysis.online.Suspicion;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.event.AnalysisEvent.Remark;
import io.saltus.experiment.jump.Jump;
import io.saltus.experiment.metric.MetricName;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One metric: an alarm makes a suspicion, and a suspicion is looked at again a tenth of a decade of
 * steps later, then at growing distances. At half a decade whatever is no jump is taken back; at a
 * whole one everything is decided. There is one suspicion at a time: an alarm that comes meanwhile
 * is suspected afterwards, where it is not part of what was found.
 */
final class MetricWatch {

  /** After how many decades of steps a suspicion is looked at. */
  private static final double[] LOOKS = {0.1, 0.2, 0.3, 0.5, 0.7, 1.0};

  private static final double UNTIL_TAKEN_BACK = 0.5;

  private final MetricName metric;
  private final MetricKind kind;
  private final ChangeWatch watch = ChangeWatch.create();
  private final Thinned series = new Thinned();
  private @Nullable JumpSuspected open;
  private @Nullable JumpSuspected later;
  private int looks;
  private long nextLook;

  MetricWatch(MetricName metric, MetricKind kind) {
    this.metric = metric;
    this.kind = kind;
  }

  /** One of the same metric that has observed nothing. */
  MetricWatch anew() {
    return new MetricWatch(metric, kind);
  }

  /** Observes a value; one that is not finite is passed over. */
  void observe(long step, double value, Consumer<Remark> says) {
    if (!Double.isFinite(value)) {
      return;
    }
    series.add(watch.count(), step, value);
    Optional<Suspicion> raised = watch.observe(step, kind.scaled(value));
    raised.ifPresent(suspicion -> suspect(step, suspicion, says));
    if (open != null && step >= nextLook) {
      look(open, step, patience(), says);
    }
  }

  /** The run has ended: what is still open is decided. */
  void end(long step, Consumer<Remark> says) {
    later = null;
    if (open != null) {
      look(open, step, Decision.Patience.OVER, says);
    }
  }

  private void suspect(long step, Suspicion raised, Consumer<Remark> says) {
    long change = Math.max(1, Math.min(step, series.stepOf(raised.change())));
    JumpSuspected suspected =
        new JumpSuspected(
            RunMonitor.DETECTOR,
            RunMonitor.VERSION,
            metric,
            step,
            change,
            raised.statistic(),
            raised.rise());
    if (open == null) {
      open(suspected, says);
    } else {
      later = suspected;
    }
  }

  private void open(JumpSuspected suspected, Consumer<Remark> says) {
    open = suspected;
    looks = 0;
    plan(suspected);
    says.accept(suspected);
  }

  private void plan(JumpSuspected suspected) {
    double factor = StrictMath.pow(10, LOOKS[looks]);
    nextLook = (long) Math.ceil(Math.max(1, suspected.step()) * factor);
  }

  private Decision.Patience patience() {
    if (looks == LOOKS.length - 1) {
      return Decision.Patience.OVER;
    }
    return LOOKS[looks] < UNTIL_TAKEN_BACK
        ? Decision.Patience.WAITS
        : Decision.Patience.FOR_A_PLATEAU;
  }

  private void look(
      JumpSuspected suspected, long step, Decision.Patience patience, Consumer<Remark> says) {
    Optional<Decision.Answer> answer =
        new Decision(metric, kind, series, suspected, patience).answer();
    if (answer.isEmpty()) {
      looks++;
      plan(suspected);
      return;
    }
    Optional<Jump> jump = answer.get().jump();
    says.accept(
        jump.<Remark>map(
                found ->
                    new JumpDetected(
                        RunMonitor.DETECTOR,
                        RunMonitor.VERSION,
                        metric,
                        suspected.step(),
                        step,
                        found))
            .orElseGet(
                () ->
                    new JumpWithdrawn(
                        RunMonitor.DETECTOR,
                        RunMonitor.VERSION,
                        metric,
                        suspected.step(),
                        step,
                        answer.get().reason())));
    open = null;
    JumpSuspected next = later;
    later = null;
    double beyond = jump.map(Jump::end).orElse((double) suspected.step());
    if (next != null && next.changeStep() > beyond) {
      open(
          new JumpSuspected(
              RunMonitor.DETECTOR,
              RunMonitor.VERSION,
              metric,
              step,
              next.changeStep(),
              next.statistic(),
              next.rise()),
          says);
    }
  }
}
