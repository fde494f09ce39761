package io.saltus.actors;

import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.RunPreempted;
import java.util.ArrayList;
import java.util.List;

/** Whose turn it is: which runs begin, and which give way to others that wait. */
record Turn(List<Lease> leases, List<Yield> yields) {

  /** Nobody's. */
  static final Turn NOBODYS = new Turn(List.of(), List.of());

  /** A lease and the run that begins with it once it is durable. */
  record Lease(SupervisedRun run, LeaseGranted granted) {}

  /**
   * A run at work that gives way.
   *
   * @param to one that waits
   */
  record Yield(SupervisedRun run, SupervisedRun to) {}

  Turn {
    leases = List.copyOf(leases);
    yields = List.copyOf(yields);
  }

  /** What is journalled of it. */
  List<SupervisorEvent> events() {
    List<SupervisorEvent> events = new ArrayList<>();
    leases.forEach(lease -> events.add(lease.granted()));
    yields.forEach(each -> events.add(new RunPreempted(each.run().run(), each.to().run())));
    return events;
  }

  /** Takes its course, once it is durable. */
  void take() {
    leases.forEach(lease -> lease.run().begin(lease.granted()));
    yields.forEach(each -> each.run().giveWay(each.to()));
  }
}
