package io.saltus.app.report;

import io.saltus.app.text.Figures;
import io.saltus.experiment.event.AnalysisEvent;
import io.saltus.experiment.event.AnalysisEvent.AnalysisCompleted;
import io.saltus.experiment.event.AnalysisEvent.JumpDetected;
import io.saltus.experiment.event.AnalysisEvent.JumpSuspected;
import io.saltus.experiment.event.AnalysisEvent.JumpWithdrawn;
import io.saltus.experiment.jump.Jump;
import java.util.List;
import java.util.stream.Collectors;

/** The main facts of an event of an analysis, on one line. */
final class AnalysisText {

  private AnalysisText() {}

  static String facts(AnalysisEvent event) {
    if (event instanceof AnalysisCompleted done) {
      return "steps until %s by %s %d: %s"
          .formatted(
              Figures.whole(done.untilStep()), done.detector(), done.version(), all(done.jumps()));
    }
    if (event instanceof JumpSuspected suspected) {
      return "%s %s from step %s on, seen at step %s by %s %d"
          .formatted(
              suspected.metric(),
              suspected.rise() ? "rises" : "falls",
              Figures.whole(suspected.changeStep()),
              Figures.whole(suspected.step()),
              suspected.detector(),
              suspected.version());
    }
    if (event instanceof JumpDetected detected) {
      return one(detected.jump())
          + ", suspected at step "
          + Figures.whole(detected.suspectedStep())
          + ", decided at step "
          + Figures.whole(detected.step());
    }
    if (event instanceof JumpWithdrawn withdrawn) {
      return "%s, suspected at step %s, at step %s: %s"
          .formatted(
              withdrawn.metric(),
              Figures.whole(withdrawn.suspectedStep()),
              Figures.whole(withdrawn.step()),
              withdrawn.reason());
    }
    throw new AssertionError("no words for " + event.getClass().getSimpleName());
  }

  private static String all(List<Jump> jumps) {
    return jumps.isEmpty()
        ? "no jumps"
        : jumps.stream().map(AnalysisText::one).collect(Collectors.joining("; "));
  }

  private static String one(Jump jump) {
    return "%s of %s at step %s"
        .formatted(jump.kind().id(), jump.metric(), Figures.whole(Math.round(jump.midpoint())));
  }
}
