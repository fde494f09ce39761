package io.saltus.app.cli;

import io.saltus.app.RunOrder;
import io.saltus.app.StudyTerms;
import io.saltus.app.control.InHandMessage;
import io.saltus.app.control.RunMessage;
import io.saltus.app.control.RunOrderMessage;
import io.saltus.app.control.StudyOrderMessage;
import io.saltus.app.problem.ExitCode;
import io.saltus.app.problem.Refusal;
import io.saltus.experiment.RunId;
import io.saltus.experiment.StudyId;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.control.ControlRequest;
import io.saltus.persistence.home.Holder;
import io.saltus.persistence.home.Home;
import io.saltus.persistence.home.HomeLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leaves work to the process that holds the home, where one does and takes work. What it does not
 * take is empty here: then the command goes on as if nobody had been asked, and is told who holds
 * the home when it wants to open it.
 */
final class Handover {

  /** A fork may have to be executed again first. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Invocation invocation;
  private final String command;
  private final boolean stays;

  /**
   * @param command as other processes are told of it
   * @param stays whether the command ends when the work has been taken: {@code --detach}
   */
  Handover(Invocation invocation, String command, boolean stays) {
    this.invocation = invocation;
    this.command = command;
    this.stays = stays;
  }

  /**
   * Leaves a new run.
   *
   * @param order with or without a name
   * @param parent what it is forked from
   */
  Optional<ExitCode> begin(RunOrder order, Optional<RunOrderMessage.Parent> parent) {
    if (holder().isEmpty()) {
      return Optional.empty();
    }
    RunId run;
    try (Reading reading = Reading.open(invocation)) {
      run = reading.newNames().run(order.plan().spec().experiment(), order.name());
    }
    SortedMap<String, Path> inputs = new TreeMap<>(order.plan().inputs());
    inputs.replaceAll((name, file) -> file.toAbsolutePath());
    RunOrderMessage message =
        new RunOrderMessage(
            run,
            order.plan().spec(),
            inputs,
            order.tags(),
            order.note(),
            order.source().map(Path::toAbsolutePath),
            parent);
    return ask(message.request()).map(holder -> taken(holder, run, 1));
  }

  /** Leaves the going on with a run. */
  Optional<ExitCode> resume(RunId run) {
    if (holder().isEmpty()) {
      return Optional.empty();
    }
    long known = lastSequence(run);
    return ask(resumption(run)).map(holder -> taken(holder, run, known + 1));
  }

  /** Leaves the going on with several runs and studies, and reports them in their order. */
  Optional<ExitCode> resume(Chosen chosen) {
    if (holder().isEmpty()) {
      return Optional.empty();
    }
    List<StudyId> studies = new ArrayList<>();
    Map<RunId, Long> news = new LinkedHashMap<>();
    Optional<Holder> taker = Optional.empty();
    ExitCode worst = ExitCode.FINE;
    for (StudyId study : chosen.studies()) {
      StudyOrderMessage order = message(false, study, Optional.empty(), StudyTerms.usual());
      Optional<Holder> took = askOrComplain(order.request(), study.value());
      took.ifPresent(holder -> studies.add(study));
      taker = taker.or(() -> took);
    }
    for (RunId run : chosen.runs()) {
      long known = lastSequence(run);
      Optional<Holder> took = askOrComplain(resumption(run), run.value());
      took.ifPresent(holder -> news.put(run, known + 1));
      taker = taker.or(() -> took);
    }
    if (taker.isEmpty()) {
      return Optional.empty();
    }
    Following following = new Following(invocation, taker.get());
    if (studies.size() + news.size() < chosen.size()) {
      worst = ExitCode.FAILED;
    }
    for (StudyId study : studies) {
      worst = worse(worst, following.study(study, false));
    }
    for (Map.Entry<RunId, Long> each : news.entrySet()) {
      worst = worse(worst, following.run(each.getKey(), each.getValue()));
    }
    return Optional.of(worst);
  }

  /** The last of a run's events that is no news: what follows it is shown. */
  private long lastSequence(RunId run) {
    try (Reading reading = Reading.open(invocation)) {
      return reading.runs().state(run).lastSequence();
    }
  }

  private Optional<Holder> askOrComplain(ControlRequest request, String name) {
    try {
      Optional<Holder> took = ask(request);
      took.ifPresent(holder -> tell(holder, name));
      return took;
    } catch (Refusal refused) {
      new Complaints(invocation.surroundings().err(), invocation.options()).complain(refused);
      return Optional.empty();
    }
  }

  private static ExitCode worse(ExitCode one, ExitCode other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static ControlRequest resumption(RunId run) {
    return new ControlRequest(RunMessage.RESUME, new RunMessage(run, "", 0).body());
  }

  /**
   * Leaves a new study.
   *
   * @param wanted its name; empty: one is made
   * @param asserting whether its expectations decide, too
   */
  Optional<ExitCode> begin(
      ExperimentSpec spec, Optional<StudyId> wanted, StudyTerms terms, boolean asserting) {
    if (holder().isEmpty()) {
      return Optional.empty();
    }
    StudyId study;
    try (Reading reading = Reading.open(invocation)) {
      study = reading.newNames().study(spec.experiment(), wanted);
    }
    return conduct(true, study, Optional.of(spec), terms, asserting);
  }

  /**
   * Leaves the going on with a study.
   *
   * @param wider its spec with more seeds or values; empty: as it is
   * @param asserting whether its expectations decide, too
   */
  Optional<ExitCode> goOn(
      StudyId study, Optional<ExperimentSpec> wider, StudyTerms terms, boolean asserting) {
    return holder().isEmpty() ? Optional.empty() : conduct(false, study, wider, terms, asserting);
  }

  private Optional<ExitCode> conduct(
      boolean begins,
      StudyId study,
      Optional<ExperimentSpec> spec,
      StudyTerms terms,
      boolean asserting) {
    return ask(message(begins, study, spec, terms).request())
        .map(holder -> taken(holder, study, asserting));
  }

  private static StudyOrderMessage message(
      boolean begins, StudyId study, Optional<ExperimentSpec> spec, StudyTerms terms) {
    return new StudyOrderMessage(
        begins,
        study,
        spec,
        terms.parallel(),
        terms.failedAgain(),
        terms.reuse(),
        terms.deviceHours());
  }

  private Optional<Holder> holder() {
    return HomeLock.currentHolder(Home.at(invocation.home()));
  }

  /** Who has taken it; empty where nobody has. */
  private Optional<Holder> ask(ControlRequest request) {
    Optional<Holder> holder = holder();
    return new Writing(invocation, command)
        .askHolder(request, PATIENCE)
        .filter(InHandMessage::isInHand)
        .flatMap(answer -> holder);
  }

  private ExitCode taken(Holder holder, RunId run, long from) {
    tell(holder, run.value());
    if (!stays) {
      return new Following(invocation, holder).run(run, from);
    }
    try (Reading reading = Reading.open(invocation)) {
      invocation.print(invocation.json() ? reading.line(run) : reading.headline(run));
    }
    return ExitCode.FINE;
  }

  private ExitCode taken(Holder holder, StudyId study, boolean asserting) {
    tell(holder, study.value());
    if (!stays) {
      return new Following(invocation, holder).study(study, asserting);
    }
    try (Reading reading = Reading.open(invocation)) {
      reading.head(study).forEach(invocation::print);
    }
    return ExitCode.FINE;
  }

  private void tell(Holder holder, String name) {
    invocation.note(
        "saltus: %s is left to process %d (%s), which holds the home%s"
            .formatted(
                name,
                holder.pid(),
                holder.command(),
                stays
                    ? ". 'saltus pause " + name + "' lets it rest."
                    : "; ctrl-C ends only what you see here"));
  }
}
