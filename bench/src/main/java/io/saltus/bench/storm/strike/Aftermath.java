package io.saltus.bench.storm.strike;

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
import java.util.Optional;

/**
 * What comes of damage: the same digest, or a refusal that names what is wrong. Never another
 * digest, never a trace.
 */
final class Aftermath {

  private static final int FINE = 0;
  private static final int FAILED = 1;

  private final Ground ground;

  Aftermath(Ground ground) {
    this.ground = ground;
  }

  /** Looks, goes on, looks again; says what came of it. */
  String of() throws IOException, InterruptedException {
    Looked first = look();
    int status;
    boolean cannotResume;
    try (Running child = first.hasRun() ? ground.launch().goOn() : ground.launch().begin()) {
      status = child.status(ground.patience());
      cannotResume = child.promises().reached(Phase.CANNOT_RESUME);
    }
    if (status == FAILED) {
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
    return cannotResume ? "same digest as far as it goes" : "went on, same digest";
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
