package io.saltus.bench.storm.strike;

import io.saltus.bench.storm.ground.Running;
import io.saltus.bench.storm.ground.Trees;
import java.io.IOException;
import java.util.Optional;

/** The disk is full after some bytes; later there is room again. */
final class FullDisk implements Strike {

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public Optional<String> impossible(Ground ground) {
    return ground.field().shim().impossible();
  }

  @Override
  public Outcome strike(Ground ground) throws IOException, InterruptedException {
    long space = ground.pick(Trees.bytes(ground.undisturbed().field().home()));
    int status;
    try (Running child = ground.launch().traced().withSpace(space).begin()) {
      status = child.status(ground.patience());
      ground.remember(child.promises());
    }
    String said = status == 0 ? "it was enough" : ground.refusal(status, 1, "no space left");
    return new Outcome("after " + space + " bytes", "“" + said + "”; " + ground.goOn());
  }
}
