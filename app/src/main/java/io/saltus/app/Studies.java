package io.saltus.app;

import io.saltus.actors.RefusedException;
import io.saltus.actors.RunListener;
import io.saltus.actors.Supervision;
import io.saltus.actors.study.StudyCommand;
import io.saltus.actors.study.StudyEnd;
import io.saltus.actors.study.StudyListener;
import io.saltus.actors.study.StudyOrder;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.RunAssigned;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.persistence.read.JournalReader;
import io.saltus.persistence.rocks.RocksStore;
import io.saltus.persistence.runs.RunReader;
import io.saltus.persistence.studies.StudyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The studies of a home that is open for writing. */
public final class Studies implements AutoCloseable {

  private final Tools tools;
  private final RocksStore store;
  private final Supervision supervision;
  private final RunStarts starts;
  private final RunConclusion conclusion;
  private final Supplier<CodeProvenance> code;
  private final Set<StudyDesk> desks = ConcurrentHashMap.newKeySet();
  private final Set<StudyId> atWork = ConcurrentHashMap.newKeySet();

  Studies(
      Tools tools,
      RocksStore store,
      Supervision supervision,
      RunStarts starts,
      RunConclusion conclusion,
      Supplier<CodeProvenance> code) {
    this.tools = tools;
    this.store = store;
    this.supervision = supervision;
    this.starts = starts;
    this.conclusion = conclusion;
    this.code = code;
  }

  /**
   * A study that was accepted.
   *
   * @param settled completes when it has come to rest, however it does
   */
  public record Handle(StudyId study, CompletableFuture<StudyEnd> settled) {}

  /** Who hears of a study and of its runs. */
  public interface Audience extends StudyListener {
    /** Who hears the events of one of its runs. */
    RunListener listener(RunId run, PlannedRun planned);
  }

  /**
   * Begins a study.
   *
   * @param spec has a study
   * @param name its id; empty: one is made
   * @throws Refusal when the name is taken
   */
  public Handle begin(
      ExperimentSpec spec, Optional<StudyId> name, StudyTerms terms, Audience audience) {
    StudyId study = name(spec.experiment(), name);
    List<StudyEvent> first = new ArrayList<>();
    first.add(new StudyEvent.StudySubmitted(study, spec, code.get()));
    return conduct(study, first, terms, audience);
  }

  /**
   * A name for a study to come.
   *
   * @param wanted chosen by a user; empty: one is made
   * @throws Refusal when it is taken
   */
  public StudyId name(String experiment, Optional<StudyId> wanted) {
    try (JournalReader journal = store.reader()) {
      return new NewNames(journal, tools.clock(), tools.random()).study(experiment, wanted);
    }
  }

  /**
   * Goes on with a study.
   *
   * @param wider its spec with more seeds or values; empty: as it is
   * @throws RefusedException when it is at work, or was cancelled
   */
  public Handle goOn(
      StudyId study, Optional<ExperimentSpec> wider, StudyTerms terms, Audience audience) {
    List<StudyEvent> first = new ArrayList<>();
    wider.map(StudyEvent.StudyWidened::new).ifPresent(first::add);
    return conduct(study, first, terms, audience);
  }

  /**
   * Goes on with a study whose own runs go on to a later last step when they are complete.
   *
   * @param steps the last step, beyond all before
   * @throws RefusedException when it is at work, or was cancelled
   */
  public Handle extend(StudyId study, long steps, StudyTerms terms, Audience audience) {
    List<StudyEvent> first = new ArrayList<>();
    first.add(new StudyEvent.StudyExtended(steps));
    return conduct(study, first, terms, audience);
  }

  /**
   * Journals that the own runs of a study go on to a later last step when they are complete. Where
   * this process is at work on it they do; else somebody has to go on with it.
   *
   * @param steps the last step, beyond all before
   * @throws RefusedException when it goes on to a later one already, or was cancelled
   */
  public void extend(StudyId study, long steps) {
    Saltus.await(supervision.hand(study, replyTo -> new StudyCommand.Extend(steps, replyTo)));
  }

  private Handle conduct(
      StudyId study, List<StudyEvent> first, StudyTerms terms, Audience audience) {
    terms.deviceHours().ifPresent(hours -> first.add(new StudyEvent.StudyBudgeted(hours)));
    CompletableFuture<StudyEnd> settled = new CompletableFuture<>();
    StudyDesk desk = desk(audience::listener);
    StudyOrder order =
        new StudyOrder(
            study,
            first,
            SpecSchema.of(tools.programs()),
            terms.parallel(),
            terms.failedAgain(),
            terms.reuse(),
            desk,
            audience,
            settled);
    // Before it is asked for: who reads its first event must not find that nobody is at it.
    boolean alone = atWork.add(study);
    try {
      Saltus.await(supervision.conduct(order));
    } catch (RuntimeException refused) {
      if (alone) {
        atWork.remove(study);
      }
      leave(desk);
      throw refused;
    }
    return new Handle(
        study,
        settled.whenComplete(
            (end, failure) -> {
              atWork.remove(study);
              leave(desk);
            }));
  }

  private StudyDesk desk(BiFunction<RunId, PlannedRun, RunListener> listeners) {
    StudyDesk desk = new StudyDesk(tools, store, supervision, starts, conclusion, listeners);
    desks.add(desk);
    return desk;
  }

  private void leave(StudyDesk desk) {
    desks.remove(desk);
    desk.leave();
  }

  /** Lets a study that is at work rest, and its runs; waits until they do. */
  public void pause(StudyId study, String reason) {
    Saltus.await(supervision.hand(study, replyTo -> new StudyCommand.Rest(reason, replyTo)));
  }

  /** Ends a study and its unfinished runs for good; waits until that is durable. */
  public void cancel(StudyId study, String reason) {
    StudyDesk desk = desk((run, planned) -> RunListener.none());
    // Where the answer does not come in time, what was asked goes on: then the desk stays.
    Saltus.await(
        supervision.hand(study, replyTo -> new StudyCommand.Cancel(reason, desk, replyTo)));
    leave(desk);
  }

  /** Whether this process is at work on a study. */
  public boolean isAtWork(StudyId study) {
    return atWork.contains(study);
  }

  /**
   * @throws RefusedException when this process is at work on a study
   */
  void requireAtRest(StudyId study) {
    if (isAtWork(study)) {
      throw new RefusedException("study " + study + " is at work");
    }
  }

  /** The runs of a study that are there and no other's. */
  List<RunId> ownRuns(StudyId study) {
    List<RunId> own = new ArrayList<>();
    try (JournalReader journal = store.reader()) {
      RunReader runs = new RunReader(journal);
      for (RunAssigned assigned : new StudyReader(journal).state(study).assignments().ever()) {
        if (!assigned.reused() && runs.exists(assigned.run())) {
          own.add(assigned.run());
        }
      }
    }
    return own;
  }

  /** Journals that a study at which nobody is at work was deleted. */
  void noteDeleted(StudyId study) {
    Saltus.await(
        supervision.hand(
            study, replyTo -> new StudyCommand.Note(new StudyEvent.StudyDeleted(), replyTo)));
  }

  /** Waits for what is being read: nothing may read a journal that is closed. */
  @Override
  public void close() {
    desks.forEach(StudyDesk::close);
  }
}
