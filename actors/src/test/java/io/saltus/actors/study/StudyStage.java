package io.saltus.actors.study;

import com.typesafe.config.ConfigFactory;
import io.saltus.actors.study.FakeDesk.Begin;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.event.StudyEvent;
import io.saltus.experiment.event.StudyEvent.StudySubmitted;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.provenance.CodeProvenance;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.PlannedRun;
import io.saltus.experiment.spec.SpecSchema;
import io.saltus.experiment.spec.Study;
import io.saltus.persistence.projection.StudyState;
import io.saltus.testkit.Script;
import io.saltus.testkit.ScriptedProgram;
import io.saltus.testkit.SpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;

/** One study over a journal in memory; each {@link #spawn} is another actor of it. */
final class StudyStage implements AutoCloseable {

  static final StudyId STUDY = new StudyId("s");

  final ActorTestKit actors =
      ActorTestKit.create(
          PersistenceTestKitPlugin.config()
              .withFallback(
                  ConfigFactory.parseString(
                      """
                      pekko.persistence.testkit.events.serialize = off
                      pekko.persistence.typed.stash-overflow-strategy = fail
                      """)));
  final PersistenceTestKit journal = PersistenceTestKit.create(actors.system());
  final TestProbe<StudyCommand.Ready> parent = actors.createTestProbe();
  final FakeDesk desk = new FakeDesk();
  final Heard heard = new Heard();

  /** What a listener heard. */
  static final class Heard implements StudyListener {
    final List<String> news = new CopyOnWriteArrayList<>();

    @Override
    public void started(long runs, long done) {
      news.add("started " + done + " of " + runs);
    }

    @Override
    public void began(RunId run, PlannedRun planned) {
      news.add("began " + run);
    }

    @Override
    public void extended(RunId run, PlannedRun planned, long steps, boolean told) {
      news.add("extended " + run + " to " + steps + (told ? ", told" : ""));
    }

    @Override
    public void reused(RunId run, PlannedRun planned) {
      news.add("reused " + run);
    }

    @Override
    public void rested(RunRest rest) {
      news.add("rested " + rest.run() + " " + rest.outcome());
    }

    @Override
    public void refused(RunId run, String reason) {
      news.add("refused " + run);
    }
  }

  static RunId run(long number) {
    return STUDY.run(number);
  }

  /** A spec over numbers of steps and seeds. */
  static ExperimentSpec spec(List<String> steps, Long... seeds) {
    Study study = new Study(new TreeMap<>(Map.of("steps", steps)), Arrays.asList(seeds));
    return SpecDraft.of(ScriptedProgram.spec(10)).study(study).spec();
  }

  /** Two numbers of steps, two seeds: four runs. */
  static ExperimentSpec spec() {
    return spec(List.of("10", "20"), 1L, 2L);
  }

  static StudySubmitted submitted(ExperimentSpec spec) {
    return new StudySubmitted(
        STUDY, spec, new CodeProvenance("test", Optional.empty(), false, Optional.empty()));
  }

  /** A study that is to be done, one run at a time unless the test says otherwise. */
  StudyOrder order(StudyEvent... first) {
    return order(1, false, false, first);
  }

  StudyOrder order(int parallel, boolean failedAgain, boolean reuse, StudyEvent... first) {
    return new StudyOrder(
        STUDY,
        List.of(first),
        SpecSchema.of(List.of(new ScriptedProgram(Script.learning()))),
        parallel,
        failedAgain,
        reuse,
        desk,
        heard,
        new CompletableFuture<>());
  }

  ActorRef<StudyCommand> spawn() {
    return actors.spawn(StudyActor.create(STUDY, parent.ref(), "io.saltus.faults"));
  }

  /** An actor that is at work on an order. */
  ActorRef<StudyCommand> conduct(StudyOrder order) {
    ActorRef<StudyCommand> actor = spawn();
    await(asked(actor, replyTo -> new StudyCommand.Conduct(order, replyTo)));
    return actor;
  }

  CompletionStage<Done> asked(
      ActorRef<StudyCommand> actor,
      Function<ActorRef<StatusReply<Done>>, StudyCommand.Request> request) {
    return AskPattern.askWithStatus(
        actor, request::apply, Duration.ofSeconds(20), actors.system().scheduler());
  }

  CompletionStage<Done> rest(ActorRef<StudyCommand> actor) {
    return asked(actor, replyTo -> new StudyCommand.Rest("the end of the day", replyTo));
  }

  CompletionStage<Done> cancel(ActorRef<StudyCommand> actor) {
    return asked(actor, replyTo -> new StudyCommand.Cancel("a mistake", desk, replyTo));
  }

  String refusal(CompletionStage<?> asked) {
    try {
      asked.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause().getMessage());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it was not refused");
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Waits until an actor at work has dealt with all that came of what it had heard: each of these
   * is behind what an event that it journalled let it tell itself.
   */
  void calm(ActorRef<StudyCommand> actor) {
    StudyOrder another = order();
    for (int i = 0; i < 4; i++) {
      String why = refusal(asked(actor, to -> new StudyCommand.Conduct(another, to)));
      if (!why.equals("study s is at work")) {
        throw new AssertionError(why);
      }
    }
  }

  /** Completes a run with what follows on it. */
  void complete(Begin begin) {
    begin.accept().rest(RunOutcome.COMPLETED);
    desk.nextFinish().done();
  }

  /** Does all runs that are left, and returns the places and runs in the order of their begin. */
  List<String> completeRest(StudyOrder order, int runs) {
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Begin begin = desk.nextBegin();
      begun.add(begin.place() + " " + begin.run());
      complete(begin);
    }
    await(order.settled());
    return begun;
  }

  List<StudyEvent> events() {
    return journal.persistedInStorage("study|" + STUDY).stream()
        .map(StudyEvent.class::cast)
        .toList();
  }

  <E extends StudyEvent> List<E> events(Class<E> type) {
    return events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  StudyEvent lastEvent() {
    return events().get(events().size() - 1);
  }

  StudyState state() {
    StudyState state = StudyState.empty();
    for (StudyEvent event : events()) {
      state = state.apply(event);
    }
    return state;
  }

  @Override
  public void close() {
    actors.shutdownTestKit();
  }
}
