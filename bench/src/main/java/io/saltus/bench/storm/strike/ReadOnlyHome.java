package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.Running;
import java.io.IOException;
import java.util.Optional;

/** Nothing may be written any more: writers are refused by name, readers read. */
final class ReadOnlyHome implements Strike {

  @Override
  public String name() {
    return "read-only";
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    return ground.field().shim().impossible();
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long step = ground.pick(ground.field().program().steps() / 2);
    try (Running child = ground.launch().begin()) {
      ground.awaitFrames(child, step);
      ground.remember(child.kill());
    }
    String said;
    try (Running child = ground.launch().readOnly().goOn()) {
      said = ground.refusal(child.status(ground.patience()), 1, "may not be written");
    }
    int events = ground.check().facts().size();
    return new Outcome(
        "after step " + step,
        "“"
            + said.replaceAll("written: \\S+ ", "written: … ")
            + "”; readers see "
            + events
            + " events; "
            + ground.goOn());
  }
}
