package io.saltus.actors.worker;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.testkit.ScriptedProgram;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The main class of a parent that waits for a hanging worker until somebody kills it. */
public final class AbandoningParent {

  private AbandoningParent() {}

  /** Says the process id of its worker, then waits for it. */
  public static void main(String[] arguments) throws IOException {
    WorkerProcess worker =
        WorkerProcess.start(
            ScriptedWorker.command("hang"),
            WorkerLimits.DEFAULT,
            System::nanoTime,
            new OutOfMemoryKills(List.of()));
    WorkerSession session =
        new WorkerSession(
            worker,
            new SessionRequest(
                ScriptedProgram.spec(100), List.of(DeviceId.parse("cpu:0")), new TreeMap<>()),
            List.of(),
            WorkerLimits.DEFAULT,
            System::nanoTime,
            said -> Optional.empty(),
            worker::close);
    System.out.println(worker.pid());
    session.run(new Chunk(0, 100, 100, UntilProgress.of(List.of())));
  }
}
