package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.BrokenPromiseException;
import io.saltus.bench.storm.ground.Running;
import java.io.IOException;

/** A second process wants the home: it is told who holds it, and the first one runs on. */
final class TwoProcesses implements Strike {

  @Override
  public String name() {
    return "two-processes";
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long step = ground.pick(ground.field().program().steps() / 4);
    String said;
    try (Running first = ground.launch().begin()) {
      ground.awaitFrames(first, step);
      first.signal("STOP"); // So that it still holds the home, however slow the second one is.
      try (Running second = ground.launch().goOn()) {
        said = ground.refusal(second.status(ground.patience()), 1, "process " + first.pid());
      }
      first.signal("CONT");
      int status = first.status(ground.patience());
      ground.remember(first.promises());
      if (status != 0) {
        throw new BrokenPromiseException("the first ended with " + status);
      }
    }
    return new Outcome(
        "after step " + step,
        "“" + said.replaceAll("in use: \\S+,", "in use: …,") + "”; " + ground.goOn());
  }
}
