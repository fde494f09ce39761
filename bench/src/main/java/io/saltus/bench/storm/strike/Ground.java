package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.child.Fact;
import io.saltus.bench.storm.child.Line.Phase;
import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Field;
import io.saltus.bench.storm.ground.Launch;
import io.saltus.bench.storm.ground.Promises;
import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Undisturbed;
import io.saltus.bench.storm.ground.Witness;
import io.saltus.experiment.Sha256;
import io.saltus.persistence.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A round under way: its directory, its chance, and all that was promised in it. */
public final class Ground {

  private final Field field;
  private final Undisturbed undisturbed;
  private final SplittableRandom random;
  private final List<Fact> promised = new ArrayList<>();

  /**
   * Prepares a round.
   *
   * @param random the round's own
   */
  public Ground(Field field, Undisturbed undisturbed, SplittableRandom random) {
    this.field = field;
    this.undisturbed = undisturbed;
    this.random = random;
  }

  Field field() {
    return field;
  }

  Home home() {
    return Home.at(field.home());
  }

  Launch launch() {
    return field.launch();
  }

  Undisturbed undisturbed() {
    return undisturbed;
  }

  /** A whole number from 1 to {@code most}. */
  long pick(long most) {
    return 1 + random.nextLong(Math.max(1, most));
  }

  boolean toss() {
    return random.nextBoolean();
  }

  Duration patience() {
    return field.program().patience();
  }

  /**
   * Lets a child run to any moment, or until it has ended by itself: once in four times after some
   * time, which is often before the first step, else at some step.
   *
   * @return the moment, in words
   */
  String letRun(Running child) throws InterruptedException {
    if (pick(4) == 1) {
      Duration moment = Duration.ofNanos(pick(undisturbed.took().toNanos()));
      letRun(child, moment);
      return "after " + moment.toMillis() + " ms";
    }
    long step = pick(field.program().steps());
    child.await(promises -> promises.step() >= step || promises.reached(Phase.AT_REST), patience());
    return "at step " + step;
  }

  /** Lets a child run for a while, or until it has ended by itself. */
  void letRun(Running child, Duration longest) throws InterruptedException {
    child.await(promises -> promises.reached(Phase.AT_REST), longest);
  }

  /** Waits for the first frames, so that there is something to lose. */
  void awaitFrames(Running child, long step) throws InterruptedException {
    if (!child.awaitFact(fact -> fact.step() >= step, patience())) {
      throw new BrokenPromiseException(
          "no step " + step + " within " + patience().toSeconds() + " s");
    }
  }

  /** What a child promised has to be there from now on. */
  void remember(Promises promises) {
    promised.addAll(promises.facts());
  }

  /** Holds the journal against what was promised and against the undisturbed run. */
  Witness check() throws IOException {
    Witness witness = Witness.of(home(), field.root().resolve("look"));
    Witness seen = Witness.seen(home());
    if (!witness.facts().subList(0, seen.facts().size()).equals(seen.facts())) {
      throw new BrokenPromiseException("readers see something else than the next writer");
    }
    for (Fact fact : promised) {
      int place = (int) fact.sequence() - 1;
      if (place >= witness.facts().size() || !witness.facts().get(place).equals(fact)) {
        throw new BrokenPromiseException(
            "acknowledged but lost: event %d, %s to step %d; the journal holds %d events of the run"
                .formatted(fact.sequence(), fact.type(), fact.step(), witness.facts().size()));
      }
    }
    checkCheckpoints(witness);
    checkDigest(witness);
    return witness;
  }

  /** The digest is a function of the steps that are there. */
  void checkDigest(Witness witness) {
    if (witness.digest().isPresent()) {
      Sha256 expected =
          witness.isComplete() ? undisturbed.digest() : undisturbed.digestUntil(witness.step());
      if (!witness.digest().get().equals(expected)) {
        throw new BrokenPromiseException(
            "silently different: to step %d the digest is %s and not %s"
                .formatted(witness.step(), witness.digest().get(), expected));
      }
    }
  }

  private void checkCheckpoints(Witness witness) throws IOException {
    for (Fact fact : promised) {
      Path file = checkpoint(fact);
      if (fact.isCheckpoint()
          && !isGivenUp(fact, witness)
          && !(Files.exists(file) && Sha256.ofFile(file).hex().equals(fact.digest()))) {
        throw new BrokenPromiseException(
            "acknowledged but lost: the checkpoint of step %d is %s"
                .formatted(fact.step(), Files.exists(file) ? "not what it was" : "not there"));
      }
    }
  }

  /** Whether a later event says that a checkpoint is not relied on any more. */
  static boolean isGivenUp(Fact checkpoint, Witness witness) {
    return witness.facts().stream()
        .anyMatch(
            fact ->
                !fact.isCheckpoint()
                    && fact.sequence() > checkpoint.sequence()
                    && fact.digest().equals(checkpoint.digest()));
  }

  /** The file of a checkpoint. */
  Path checkpoint(Fact fact) {
    return home().checkpoints().resolve(fact.digest() + ".safetensors");
  }

  /** Goes on to the end, and says what survived. */
  String goOn() throws IOException, InterruptedException {
    return goOn(launch());
  }

  String goOn(Launch launch) throws IOException, InterruptedException {
    Witness found = check();
    String kept =
        promised.isEmpty()
            ? found.facts().size() + " events"
            : found.facts().size() + " events, " + promised.size() + " of them promised";
    if (found.isComplete()) {
      return kept + "; complete, same digest";
    }
    Promises further;
    int status;
    try (Running child = found.hasRun() ? launch.goOn() : launch.begin()) {
      status = child.status(patience());
      further = child.promises();
    }
    remember(further);
    if (status != 0) {
      throw new BrokenPromiseException("going on ended with status " + status + ": " + lastError());
    }
    refuseTraces();
    Witness end = check();
    if (further.reached(Phase.CANNOT_RESUME)) {
      return kept + "; reopened, same digest to step " + end.step() + "; cannot resume yet";
    }
    if (!end.isComplete()) {
      throw new BrokenPromiseException("the run went on and is " + end.status());
    }
    return kept + "; went on, same digest";
  }

  /** An error has a name, and no trace. */
  void refuseTraces() throws IOException {
    if (Files.exists(field.errors())
        && Files.readAllLines(field.errors()).stream().anyMatch(line -> line.startsWith("\tat "))) {
      throw new BrokenPromiseException("a stack trace: see " + field.errors());
    }
  }

  /** The last line that children said on standard error. */
  String lastError() throws IOException {
    if (!Files.exists(field.errors())) {
      return "";
    }
    List<String> lines = Files.readAllLines(field.errors());
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /**
   * Refused by name: the line it was said in.
   *
   * @param status of the child that said it
   * @param expected the status that it should have had
   * @param words that the line has to hold, in any case of letters
   */
  String refusal(int status, int expected, String words) throws IOException {
    refuseTraces();
    String said = lastError();
    if (status != expected
        || !said.startsWith("saltus: ")
        || !said.toLowerCase(Locale.ROOT).contains(words)) {
      throw new BrokenPromiseException(
          "expected status %d and '%s', not status %d and '%s'"
              .formatted(expected, words, status, said));
    }
    return said.substring("saltus: ".length());
  }
}
