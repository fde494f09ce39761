package io.saltus.app.cli;

import io.saltus.actors.RunListener;
import io.saltus.actors.Settlement;
import io.saltus.actors.study.StudyEnd;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.report.StudyText;
import io.saltus.app.study.StudyView;
import io.saltus.app.text.LiveBlock;
import io.saltus.app.text.Printable;
import io.saltus.app.text.ProgressLine;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent.StudyRested;
import io.saltus.persistence.home.Holder;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.RunStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks on while another process does what was left to it, and reports as if it had been done here.
 * The journal says what happens, the other process when all of it is done.
 */
final class Following {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Invocation invocation;
  private final Holder holder;
  private final InHand inHand;

  /**
   * @param holder who does it
   */
  Following(Invocation invocation, Holder holder) {
    this.invocation = invocation;
    this.holder = holder;
    this.inHand = new InHand(Home.at(invocation.home()));
  }

  /**
   * Follows a run to its rest.
   *
   * @param from the first of its events that is new
   */
  ExitCode run(RunId run, long from) {
    try (Interruptions interruptions = interruptions()) {
      look(run, from, interruptions);
      if (interruptions.heard().isPresent()) {
        return left(run.value());
      }
      RunState state;
      try (Reading reading = Reading.open(invocation)) {
        state = reading.runs().state(run);
      }
      boolean rests = state.status() != RunStatus.RUNNING && state.status() != RunStatus.QUEUED;
      return rests
          ? new RunEnding(invocation).reported(Settlement.of(run, state))
          : lost("saltus resume " + run);
    }
  }

  private void look(RunId run, long from, Interruptions interruptions) {
    Optional<ProgressLine> line = Optional.empty();
    try (Reading reading = Reading.open(invocation)) {
      line = progressLine(reading.runs().state(run).steps());
      Optional<ProgressLine> shown = line;
      RunListener progress =
          new AttemptNotices(
              text -> say(text, shown),
              shown.<RunListener>map(RunProgress::new).orElseGet(RunListener::none),
              null);
      reading
          .runs()
          .follow(run, from)
          .run(
              event -> progress.persisted(event.event(), event.sequence()),
              () -> interruptions.heard().isEmpty() && inHand.has(run.value()),
              () -> Thread.sleep(BETWEEN_LOOKS.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      line.ifPresent(ProgressLine::clear);
    }
  }

  private void say(String text, Optional<ProgressLine> line) {
    line.ifPresent(ProgressLine::clear);
    invocation.note("saltus: " + Printable.of(text));
  }

  private Optional<ProgressLine> progressLine(long steps) {
    return invocation.showsProgress()
        ? Optional.of(
            new ProgressLine(
                invocation.surroundings().err(), System::nanoTime, invocation.width(), steps))
        : Optional.empty();
  }

  /**
   * Follows a study to its rest.
   *
   * @param asserting whether its expectations decide, too
   */
  ExitCode study(StudyId study, boolean asserting) {
    Optional<LiveBlock> block = invocation.liveBlock();
    try (Interruptions interruptions = interruptions()) {
      while (interruptions.heard().isEmpty() && inHand.has(study.value())) {
        block.ifPresent(live -> live.show(() -> StudyText.heading(view(study))));
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
      block.ifPresent(LiveBlock::clear);
      if (interruptions.heard().isPresent()) {
        return left(study.value());
      }
      Optional<StudyRested> rest = view(study).state().rest();
      return rest.isPresent()
          ? new StudyEnding(invocation).reported(StudyEnd.of(study, rest.get()), asserting)
          : lost("saltus study " + study);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private StudyView view(StudyId study) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.study(study);
    }
  }

  private Interruptions interruptions() {
    return Interruptions.telling(
        invocation.surroundings().halt(),
        signal -> invocation.note("saltus: no longer followed here"));
  }

  private ExitCode left(String name) {
    invocation.note(
        "saltus: %s goes on in process %d; 'saltus pause %s' lets it rest"
            .formatted(name, holder.pid(), name));
    return ExitCode.INTERRUPTED;
  }

  private ExitCode lost(String goOn) {
    invocation.complain(
        "process %d, which had it in hand, has ended before it was done. Go on with: %s"
            .formatted(holder.pid(), goOn));
    return ExitCode.FAILED;
  }
}
