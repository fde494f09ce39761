package io.saltus.bench.worker;

import io.saltus.bench.ground.Resident;
import io.saltus.bench.ground.Specs;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.tf.program.BuiltInProgram;
import io.saltus.tf.session.BareLoop;
import java.util.List;
import java.util.TreeMap;

/** The main class of a process with TensorFlow and nothing else: the default run as a bare loop. */
final class BareProcess {

  private BareProcess() {}

  /**
   * Trains, and says how fast and how large it was.
   *
   * @param arguments the step from which on time counts, and the last step
   */
  public static void main(String[] arguments) throws Exception {
    long warm = Long.parseLong(arguments[0]);
    long steps = Long.parseLong(arguments[1]);
    BuiltInProgram program = new BuiltInProgram();
    double seconds =
        BareLoop.seconds(
            program.plan(
                new SessionRequest(
                    Specs.grokking(program, "until=null", "steps=" + steps),
                    List.of(DeviceId.parse("cpu:0")),
                    new TreeMap<>())),
            warm + 1,
            steps);
    Said.say(Said.RATE, (steps - warm) / seconds);
    Said.say(Said.MEMORY, Resident.bytes(ProcessHandle.current().pid(), "VmHWM:"));
  }
}
