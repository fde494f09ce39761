package io.saltus.app.cli;

import io.saltus.app.problem.Refusal;
import io.saltus.app.study.StudyRun;
import io.saltus.app.study.StudyView;
import io.saltus.experiment.spec.Study;
import java.util.stream.Stream;

/** A later last step for the runs of a study: beyond all that was ever planned or recorded. */
final class StudyExtension {

  private final StudyView view;

  StudyExtension(StudyView view) {
    this.view = view;
  }

  /**
   * @throws Refusal when the study cannot be extended to {@code last}
   */
  void require(long last) {
    String study = view.study().value();
    if (view.status().equals("cancelled")) {
      throw Refusal.wrong(
          study + " was cancelled for good", "saltus extend " + study, "Begin another one.");
    }
    view.state()
        .extension()
        .ifPresent(before -> require(last, before, study + " goes on to step " + before));
    long planned = planned();
    require(last, planned, "the plan of %s goes to step %d".formatted(study, planned));
    view.cells().stream()
        .flatMap(cell -> cell.runs().stream())
        .filter(this::isOwn)
        .forEach(
            run -> {
              long step = (long) run.lastStep();
              require(last, step, "%s is at step %d".formatted(run.run().orElseThrow(), step));
            });
  }

  private static void require(long last, long reached, String what) {
    if (last <= reached) {
      throw Refusal.wrong(what + " already", "--steps " + last, "Give a later one.");
    }
  }

  /** The last step of any of its runs as they were begun. */
  private long planned() {
    Study plan = view.plan();
    Stream<Long> axis = plan.values("steps").stream().map(Long::valueOf);
    boolean everywhere = plan.axes().containsKey("steps") && !plan.when().containsKey("steps");
    Stream<Long> all = everywhere ? axis : Stream.concat(axis, Stream.of(view.spec().steps()));
    return all.mapToLong(Long::longValue).max().orElse(0);
  }

  private boolean isOwn(StudyRun run) {
    return run.run()
        .flatMap(view.state().assignments()::of)
        .filter(assigned -> !assigned.reused())
        .isPresent();
  }
}
