package io.saltus.app;

import io.saltus.actors.RunHandle;
import io.saltus.actors.RunListener;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.SpecReader;
import io.saltus.experiment.spec.SpecReading;
import io.saltus.experiment.spec.SpecSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The main class of a process that queues runs of TensorFlow on one device, in workers. */
public final class QueueingParent {

  private QueueingParent() {}

  /**
   * Runs them to their end.
   *
   * @param arguments the home, how many runs, and how many steps each
   */
  public static void main(String[] arguments) {
    List<Program> programs = Programs.installed().find(List.of());
    ExperimentSpec spec =
        spec(programs, "steps=" + arguments[2], "device=\"cpu:0\"", "isolation=process");
    try (Saltus saltus = Saltus.open(Path.of(arguments[0]), Tools.installed())) {
      List<RunHandle> handles = new ArrayList<>();
      for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
        RunOrder order =
            new RunOrder(
                RunPlan.of(spec, programs),
                Optional.of(new RunId("r" + run)),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty());
        handles.add(saltus.start(order, RunListener.none()));
      }
      handles.forEach(handle -> System.out.println(saltus.settle(handle)));
    }
  }

  /** A small run without an end of its own. */
  static ExperimentSpec spec(List<Program> programs, String... settings) {
    List<SpecSetting> all =
        Stream.concat(
                Stream.of("task.modulus=23", "model.width=64", "until=null", "evaluate.every=50"),
                Stream.of(settings))
            .map(SpecSetting::parse)
            .toList();
    if (SpecReader.shippedOnly(programs).read("grokking", all)
        instanceof SpecReading.Accepted accepted) {
      return accepted.spec();
    }
    throw new IllegalStateException("no spec");
  }
}
