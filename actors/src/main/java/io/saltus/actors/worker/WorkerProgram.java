package io.saltus.actors.worker;

import io.saltus.experiment.session.ForwardingProgram;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.Isolation;
import java.util.List;

/**
 * A program whose sessions live where their specs say: in this process, or in a worker. What can be
 * said without a session it says here.
 */
public final class WorkerProgram extends ForwardingProgram {

  private final Workers workers;

  /**
   * Wraps a program.
   *
   * @param here found by the workers as it was found here
   */
  public WorkerProgram(Program here, Workers workers) {
    super(here);
    this.workers = workers;
  }

  @Override
  public TrainingSession open(SessionRequest request) {
    return isOutside(request) ? workers.open(request) : super.open(request);
  }

  @Override
  public void expect(List<SessionRequest> next) {
    workers.expect(this, next.stream().filter(this::isOutside).toList());
    super.expect(next.stream().filter(request -> !isOutside(request)).toList());
  }

  private boolean isOutside(SessionRequest request) {
    // A GPU is always used by a process of its own: its environment must be right from the start.
    return request.devices().stream().anyMatch(device -> device.kind().equals("gpu"))
        || request.spec().isolation() == Isolation.PROCESS;
  }
}
