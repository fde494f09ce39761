package io.saltus.app.cli;

import io.saltus.app.NewNames;
import io.saltus.app.problem.Refusal;
import io.saltus.app.report.JumpsText;
import io.saltus.app.report.RunJson;
import io.saltus.app.report.RunPlot;
import io.saltus.app.report.RunText;
import io.saltus.app.report.RunView;
import io.saltus.app.report.RunViews;
import io.saltus.app.report.StudyJson;
import io.saltus.app.report.StudyText;
import io.saltus.app.study.AtWork;
import io.saltus.app.study.SeriesMemory;
import io.saltus.app.study.StudyView;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import io.saltus.persistence.index.RunIndexFile;
import io.saltus.persistence.index.RunSummary;
import io.saltus.persistence.projection.RunState;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.projection.SupervisorState.Standing;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksReaders;
import io.saltus.persistence.runs.RunEntry;
import io.saltus.persistence.runs.RunList;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.runs.RunSummaries;
import io.saltus.persistence.runs.StepRange;
import io.saltus.persistence.runs.SupervisorReader;
import io.saltus.persistence.studies.StudyReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A home opened for reading, which any process may be writing; creates nothing. */
final class Reading implements AutoCloseable {

  private static final int PLOT_WIDTH = 80;
  private static final int NAMED = 10;

  private final Invocation invocation;
  private final Home home;
  private final boolean heldBefore;
  private final JournalReader journal;
  private final RunReader runs;
  private final StudyReader studies;
  private final InHand inHand;
  private final AtWork atWork;
  private final RunViews views;
  private Optional<SupervisorState> supervisor = Optional.empty();
  private boolean complete = true;

  private Reading(Invocation invocation, Home home, boolean heldBefore, JournalReader journal) {
    this.invocation = invocation;
    this.home = home;
    this.heldBefore = heldBefore;
    this.journal = journal;
    this.runs = new RunReader(journal, RunIndexFile.at(home.runIndex()));
    this.studies = new StudyReader(journal);
    this.inHand = new InHand(home);
    this.atWork = new AtWork(this::mayBeAtWork, this::mayBeAtWork);
    this.views = new RunViews(runs, atWork, unreadable -> complain(List.of(unreadable)));
  }

  /** Opens the home of the invocation. */
  static Reading open(Invocation invocation) {
    Home home = Home.at(invocation.home());
    home.requireForReading();
    boolean held = HomeLock.currentHolder(home).isPresent();
    return new Reading(invocation, home, held, RocksReaders.open(home.journal()));
  }

  RunReader runs() {
    return runs;
  }

  /** The studies of the home. */
  StudyReader studies() {
    return studies;
  }

  /** Names for runs and studies to come. */
  NewNames newNames() {
    return new NewNames(
        journal, invocation.surroundings().clock(), invocation.surroundings().random());
  }

  /** A study with the states of its runs. */
  StudyView study(StudyId study) {
    SpecSchema schema = SpecSchema.of(invocation.programs());
    return StudyView.read(runs, new SeriesMemory(), studies.state(study), schema, atWork);
  }

  /**
   * The study that a text means: an exact name, else the beginning of one. Empty where it means
   * none, or could mean a run as well: the runs of a study begin with its name, and are not meant
   * by it.
   */
  Optional<StudyId> findStudy(String text) {
    if (RunId.isValid(text) && runs.exists(new RunId(text))) {
      return Optional.empty();
    }
    return studies
        .resolve(text)
        .filter(study -> study.value().equals(text) || !beginsOtherRuns(text, study));
  }

  private boolean beginsOtherRuns(String text, StudyId study) {
    return journal.persistenceIds().stream()
        .filter(stream -> stream.startsWith("run|" + text))
        .filter(stream -> !stream.startsWith("run|" + study + "."))
        .map(stream -> stream.substring("run|".length()))
        .anyMatch(run -> RunId.isValid(run) && runs.exists(new RunId(run)));
  }

  /** How a study stands: in text a line on the whole and why it rests, else its line of JSON. */
  List<String> head(StudyId study) {
    StudyView view = study(study);
    return invocation.json() ? List.of(StudyJson.line(view)) : StudyText.heading(view);
  }

  /** The study that the user means, where only a study can be meant. */
  StudyId requireStudy(String text) {
    return studies.resolve(text).orElseThrow(() -> unknownStudy(text));
  }

  private Refusal unknownStudy(String text) {
    List<String> several =
        studies.names().stream()
            .filter(study -> !text.isEmpty() && study.value().startsWith(text))
            .filter(study -> studies.state(study).exists())
            .map(StudyId::value)
            .toList();
    return several.isEmpty()
        ? StudyCommand.unknown(text)
        : Refusal.wrong(
            "'%s' begins the names of %d studies".formatted(text, several.size()),
            String.join(", ", several.subList(0, Math.min(NAMED, several.size()))),
            "Give more of it.");
  }

  /**
   * Whether a process holds the home. Looked at before and after the journal was read: a process
   * that took the home in between would make a run that it began look abandoned.
   */
  boolean held() {
    return heldBefore || HomeLock.currentHolder(home).isPresent();
  }

  /** Who may be at work: what a process that is gone has left open is in nobody's hands. */
  AtWork atWork() {
    return atWork;
  }

  private boolean mayBeAtWork(RunId run) {
    return held() && supervisor().unsettled().get(run) != Standing.INTERRUPTED;
  }

  /** The journal does not say which studies the process that holds the home goes on with. */
  private boolean mayBeAtWork(StudyId study) {
    return held() && isInHand(study.value());
  }

  private SupervisorState supervisor() {
    SupervisorState read = supervisor.orElseGet(() -> new SupervisorReader(journal).state());
    supervisor = Optional.of(read);
    return read;
  }

  /** Whether the process that holds the home, if one does, has a run or study in its hands. */
  boolean isInHand(String name) {
    return inHand.has(name);
  }

  /** The run that the user means. */
  RunId resolve(String text) {
    return runs.resolve(text);
  }

  /** All runs in the order of submission; those that cannot be read are complained about. */
  List<RunView> views() {
    RunList list = runs.list();
    complain(list.unreadable());
    return list.runs().stream().map(RunEntry::state).map(this::view).toList();
  }

  /** As {@link #views}, with no more of each run than the table shows: much quicker. */
  List<RunSummary> summaries() {
    RunSummaries all = runs.summaries();
    complain(all.unreadable());
    return all.runs();
  }

  /** Where runs are in their life, as words, in a journal that has been read. */
  Function<RunSummary, String> statuses() {
    return run -> atWork.word(run.run(), run.status());
  }

  private void complain(List<RuntimeException> unreadable) {
    complete &= unreadable.isEmpty();
    unreadable.forEach(failure -> invocation.complain(String.valueOf(failure.getMessage())));
  }

  /** Whether no run had to be complained about so far. */
  boolean complete() {
    return complete;
  }

  /** Where a run is in its life, as a word. */
  String status(RunId run) {
    return view(runs.state(run)).status();
  }

  /**
   * Refuses a run that somebody is at work on.
   *
   * @param what is not done with it
   */
  void refuseRunning(RunId run, String what) {
    if (status(run).equals("running")) {
      throw Refusal.failed(
          run + " is running", "saltus " + what + " " + run, "Wait for its end, or pause it.");
    }
  }

  /**
   * Refuses a run that was computed elsewhere: there is no spec of it, and no state.
   *
   * @param what is not done with it
   */
  void refuseImported(RunId run, String what) {
    refuseImported(run, runs.state(run), what);
  }

  /** As the other does, of a state that was read. */
  static void refuseImported(RunId run, RunState state, String what) {
    if (state.imported().isPresent()) {
      throw Refusal.wrong(
          run + " was imported, so there is nothing that could be executed",
          "saltus " + what + " " + run,
          "Look at it with show, metrics, jumps or compare.");
    }
  }

  /** A run, its status and its step, on one line. */
  String headline(RunId run) {
    RunState state = runs.state(run);
    return run + ": " + view(state).status() + " at step " + Math.max(0, state.step());
  }

  /** One run as a line of JSON. */
  String line(RunId run) {
    return RunJson.line(view(runs.state(run)));
  }

  /** What people have said about a run, as text. */
  String words(RunId run) {
    return RunText.words(view(runs.state(run)));
  }

  /** One run whole, in the format that was asked for. */
  void report(RunId run) {
    RunState state = runs.state(run);
    readAll(run, state);
    report(view(state), run, StepRange.ALL);
  }

  /**
   * The state may come from a snapshot. Somebody who looks at one run is told of damage to any of
   * its events, before anything is printed.
   */
  private void readAll(RunId run, RunState state) {
    runs.events(run, 1, state.lastSequence()).forEachRemaining(event -> {});
  }

  /** As {@link #report}, with nothing taken from a snapshot or a digest that was kept. */
  void reportReplayed(RunId run) {
    RunState state = runs.stateUntilSequence(run, Long.MAX_VALUE);
    report(views.replayed(state), run, StepRange.ALL);
  }

  /** A run after a step of today's history. */
  void reportUntilStep(RunId run, long step) {
    long last = runs.state(run).step();
    if (step > last) {
      throw Refusal.wrong(
          run + " has recorded " + (last < 0 ? "nothing yet" : "steps 0 to " + last),
          "--until-step " + step,
          "Give one of these.");
    }
    RunState state = runs.stateUntilStep(run, step);
    report(views.part(state), run, new StepRange(0, state.step()));
  }

  /** A run after an event, as history was known then. */
  void reportUntilSequence(RunId run, long sequence) {
    long last = runs.state(run).lastSequence();
    if (sequence > last) {
      throw Refusal.wrong(
          run + " has events 1 to " + last, "--until-seq " + sequence, "Give one of these.");
    }
    RunState state = runs.stateUntilSequence(run, sequence);
    report(views.part(state), run, new StepRange(0, state.step()));
  }

  private void report(RunView view, RunId run, StepRange drawn) {
    if (invocation.json()) {
      invocation.print(RunJson.line(view));
      return;
    }
    invocation.print(RunText.summary(view));
    section(RunText.crossings(view.state()));
    section(view.jumps().get().map(JumpsText::table).orElse(List.of()));
    if (drawn.until() >= 0) {
      boolean colours =
          invocation.surroundings().colours(invocation.surroundings().outIsTerminal());
      section(RunPlot.draw(view, runs.frames(run, drawn), PLOT_WIDTH, colours));
    }
  }

  private void section(List<String> lines) {
    if (!lines.isEmpty()) {
      invocation.print("");
      invocation.print(lines);
    }
  }

  private RunView view(RunState state) {
    return views.now(state);
  }

  @Override
  public void close() {
    journal.close();
  }
}
