package io.saltus.app.cli;

import io.saltus.actors.RunListener;
import io.saltus.actors.study.RunRest;
import io.saltus.app.Guests;
import io.saltus.app.hook.HookCalls;
import io.saltus.app.report.RunPlot;
import io.saltus.app.report.StudyText;
import io.saltus.app.text.Figures;
import io.saltus.app.text.LiveBlock;
import io.saltus.app.text.Printable;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.metric.ScalarColumn;
import io.saltus.experiment.spec.PlannedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a study is: on a terminal a line for the whole and one for each run at work, in
 * place; else a line for each run that comes to its end.
 */
final class StudyProgress implements Guests.Host {

  private static final int BAR = 20;
  private static final int MOST_LINES = 12;

  private final Consumer<String> say;
  private final Optional<LiveBlock> block;
  private final HookCalls hooks;
  private final Map<RunId, AtWork> working = new LinkedHashMap<>();
  private long runs;
  private long done;
  private long failed;

  /** A run at work. */
  private static final class AtWork {
    private final String what;
    private final long steps;
    private long step;
    private String metric = "";
    private List<MetricName> main = List.of();

    AtWork(String what, long steps) {
      this.what = what;
      this.steps = steps;
    }

    String named() {
      return what.isEmpty() ? "" : " (" + what + ")";
    }

    /**
     * @param before what was known of the run, which may go on beyond what is planned
     */
    static AtWork of(PlannedRun planned, @Nullable AtWork before) {
      return to(Math.max(planned.spec().steps(), before == null ? 0 : before.steps), planned);
    }

    static AtWork to(long steps, PlannedRun planned) {
      return new AtWork(StudyText.name(planned.axes()) + ", seed " + planned.seed(), steps);
    }
  }

  /**
   * @param say writes a line; takes the block away first
   * @param block empty where nobody looks
   * @param hooks called for the runs
   */
  StudyProgress(Consumer<String> say, Optional<LiveBlock> block, HookCalls hooks) {
    this.say = say;
    this.block = block;
    this.hooks = hooks;
  }

  @Override
  public synchronized void started(long all, long already) {
    runs += all;
    done += already;
    say.accept(
        Figures.whole(all)
            + (all == 1 ? " run" : " runs")
            + (already == 0 ? "" : ", " + Figures.whole(already) + " of them done"));
  }

  @Override
  public synchronized void began(RunId run, PlannedRun planned) {
    working.computeIfAbsent(run, unseen -> AtWork.of(planned, null));
    draw();
  }

  @Override
  public synchronized void extended(RunId run, PlannedRun planned, long steps, boolean told) {
    working.put(run, AtWork.to(steps, planned));
    done -= told ? 1 : 0;
    draw();
  }

  @Override
  public synchronized void reused(RunId run, PlannedRun planned) {
    done++;
    say.accept(
        "[%d/%d] %s computes the same: %s, seed %d"
            .formatted(done, runs, run, StudyText.name(planned.axes()), planned.seed()));
  }

  @Override
  public synchronized void rested(RunRest rest) {
    hooks.rested(rest.run(), rest.outcome(), rest.step(), rest.message());
    AtWork was = working.remove(rest.run());
    boolean ended = rest.outcome() != RunOutcome.PAUSED;
    done += ended ? 1 : 0;
    failed += rest.outcome() == RunOutcome.FAILED ? 1 : 0;
    boolean bad = rest.outcome() != RunOutcome.COMPLETED;
    if (block.isEmpty() || bad) {
      say.accept(
          "[%d/%d] %s%s: %s at step %s%s"
              .formatted(
                  done,
                  runs,
                  rest.run(),
                  was == null ? "" : was.named(),
                  rest.outcome().name().toLowerCase(Locale.ROOT),
                  Figures.whole(Math.max(0, rest.step())),
                  bad && !rest.message().isEmpty() ? ": " + rest.message() : ""));
    }
    draw();
  }

  @Override
  public void notConcluded(RunId run, String why) {
    say.accept("warning: " + run + " is complete, but no jumps were looked for: " + why);
  }

  @Override
  public synchronized void refused(RunId run, String reason) {
    failed++;
    done++;
    say.accept("[%d/%d] %s cannot be run: %s".formatted(done, runs, run, reason));
  }

  @Override
  public RunListener listener(RunId run, PlannedRun planned) {
    synchronized (this) {
      working.compute(run, (known, before) -> AtWork.of(planned, before));
    }
    return listening(run);
  }

  @Override
  public RunListener alone(RunId run, long steps) {
    synchronized (this) {
      runs++;
      working.put(run, new AtWork("", steps));
    }
    return listening(run);
  }

  @Override
  public synchronized void notBegun(RunId run) {
    runs--;
    working.remove(run);
  }

  private RunListener listening(RunId run) {
    RunListener heard =
        hooks.around(() -> Optional.of(run), (event, sequence) -> heard(run, event));
    return new AttemptNotices(text -> say.accept(run + ": " + text), heard, null);
  }

  private synchronized void heard(RunId run, RunEvent event) {
    AtWork at = working.get(run);
    if (at == null) {
      return;
    }
    if (event instanceof RunEvent.AttemptStarted started) {
      TreeSet<MetricName> names = new TreeSet<>();
      started.catalogue().metrics().stream().map(MetricDescriptor::name).forEach(names::add);
      at.main = RunPlot.main(names);
    } else if (event instanceof RunEvent.MetricsRecorded recorded && block.isPresent()) {
      at.step = recorded.frame().until();
      if (!at.main.isEmpty()) {
        MetricName name = at.main.get(at.main.size() - 1);
        recorded.frame().column(name).ifPresent(column -> last(at, name, column));
      }
      draw();
    }
  }

  private static void last(AtWork at, MetricName name, Column column) {
    if (column instanceof ScalarColumn scalar && scalar.size() > 0) {
      at.metric = name + " " + Figures.real(scalar.asDouble(scalar.size() - 1));
    }
  }

  private void draw() {
    block.ifPresent(live -> live.show(this::lines));
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        bar(done, runs)
            + " %s/%s runs, %d at work%s"
                .formatted(
                    Figures.whole(done),
                    Figures.whole(runs),
                    working.size(),
                    failed == 0 ? "" : ", " + failed + " failed"));
    working.entrySet().stream()
        .limit(MOST_LINES)
        .map(StudyProgress::line)
        .map(Printable::of)
        .forEach(lines::add);
    return lines;
  }

  private static String line(Map.Entry<RunId, AtWork> entry) {
    AtWork at = entry.getValue();
    String id = entry.getKey().value();
    return "%s %s/%s %s%s %s"
        .formatted(
            bar(at.step, at.steps),
            Figures.whole(at.step),
            Figures.whole(at.steps),
            at.what.isEmpty() ? id : id.substring(id.lastIndexOf('.')),
            at.named(),
            at.metric);
  }

  private static String bar(long at, long of) {
    int full = (int) Math.round(BAR * Math.min(1, (double) at / Math.max(1, of)));
    return "█".repeat(full) + "░".repeat(BAR - full);
  }
}
