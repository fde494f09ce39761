package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.child.Fact;
import io.saltus.bench.storm.child.Line.Phase;
import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Witness;
import io.saltus.persistence.codec.CodecException;
import io.saltus.persistence.home.HomeException;
import io.saltus.persistence.read.JournalDamagedException;
import io.saltus.persistence.runs.RunNotFoundException;
import io.saltus.persistence.runs.UnknownEventException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What comes of damage: the same digest, or a refusal that names what is wrong. Never another
 * digest, never a trace; nothing that was there is silently gone, and checkpoints that are not what
 * the journal says are rejected in it.
 */
final class Aftermath {

  private static final int FINE = 0;
  private static final int FAILED = 1;

  private final Ground ground;
  private final Witness before;
  private final int loss;

  /**
   * @param before what the journal held before the damage
   * @param loss how many of its last events may be gone, because the damage looks like a crash
   */
  Aftermath(Ground ground, Witness before, int loss) {
    this.ground = ground;
    this.before = before;
    this.loss = loss;
  }

  /**
   * Looks, goes on, looks again; says what came of it.
   *
   * @param spoilt digests of checkpoints that are not what they were; where there are some, the run
   *     has to go on without them
   */
  String of(Set<String> spoilt) throws IOException, InterruptedException {
    Looked first = look();
    int status;
    boolean cannotResume;
    try (Running child = first.hasRun() ? ground.launch().goOn() : ground.launch().begin()) {
      status = child.status(ground.patience());
      cannotResume = child.promises().reached(Phase.CANNOT_RESUME);
    }
    if (status == FAILED && spoilt.isEmpty()) {
      return "writer refuses: “" + brief(ground.refusal(status, FAILED, "")) + "”";
    }
    ground.refuseTraces();
    if (status != FINE) {
      throw new BrokenPromiseException("status " + status + ": " + ground.lastError());
    }
    Looked last = look();
    if (last.refusal().isPresent()) {
      return "reader refuses: “" + brief(last.refusal().get()) + "”";
    }
    if (cannotResume) {
      return "same digest as far as it goes";
    }
    if (!before.isComplete()) {
      checkRejected(spoilt, last.witness().orElseThrow());
    }
    return "went on, same digest";
  }

  /** Those that the journal relied on when it was gone on with. */
  private void checkRejected(Set<String> spoilt, Witness last) {
    for (Fact saved : before.facts()) {
      if (saved.isCheckpoint()
          && spoilt.contains(saved.digest())
          && !Ground.isGivenUp(saved, before)
          && last.facts().stream().noneMatch(fact -> fact.rejects(saved.digest()))) {
        throw new BrokenPromiseException(
            "not noticed: the checkpoint of step %d is not what it was, and nothing says so"
                .formatted(saved.step()));
      }
    }
  }

  private void checkKept(Witness witness) {
    List<Fact> kept = witness.facts();
    int common = Math.min(kept.size(), before.facts().size());
    if (!kept.subList(0, common).equals(before.facts().subList(0, common))
        || before.facts().size() - common > loss) {
      throw new BrokenPromiseException(
          "silently lost: of %d events %d are left".formatted(before.facts().size(), kept.size()));
    }
  }

  private record Looked(Optional<Witness> witness, Optional<String> refusal) {
    boolean hasRun() {
      // What cannot be read is there.
      return witness.map(Witness::hasRun).orElse(true);
    }
  }

  private Looked look() throws IOException {
    try {
      Witness witness = Witness.of(ground.home(), ground.field().root().resolve("look"));
      checkKept(witness);
      ground.checkDigest(witness);
      return new Looked(Optional.of(witness), Optional.empty());
    } catch (HomeException
        | JournalDamagedException
        | CodecException
        | UnknownEventException
        | RunNotFoundException e) {
      return new Looked(Optional.empty(), Optional.ofNullable(e.getMessage()));
    }
  }

  private String brief(String text) {
    String shorter = text.replace(ground.field().root().toString(), "…");
    return shorter.length() > 100 ? shorter.substring(0, 100) + "…" : shorter;
  }
}
