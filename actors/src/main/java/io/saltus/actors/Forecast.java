package io.saltus.actors;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.persistence.projection.SupervisorState;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sessions will probably be opened next: for each run that waits, the devices that it could
 * take over, those that were leased longest first. A device stands in one guess at most, so there
 * are never more guesses than devices.
 */
final class Forecast {

  private static final Logger LOG = LoggerFactory.getLogger(Forecast.class);

  /** How far behind the queue's head is looked: what cannot begin soon is not got ready. */
  static final int FORESIGHT = 64;

  private Forecast() {}

  /**
   * @param programs all of them; each is told, also that nothing is expected
   * @param waiting for devices, in the order in which they came; the first of them do
   */
  static void tell(List<Program> programs, SupervisorState state, List<SupervisedRun> waiting) {
    IdentityHashMap<Program, List<SessionRequest>> next = new IdentityHashMap<>();
    List<List<DeviceId>> leased = new ArrayList<>();
    state.leases().values().forEach(lease -> leased.add(lease.devices()));
    for (SupervisedRun run : waiting) {
      leased.stream()
          .filter(devices -> suits(run.wish(), devices))
          .findFirst()
          .ifPresent(
              devices -> {
                leased.remove(devices);
                next.computeIfAbsent(run.program(), unseen -> new ArrayList<>())
                    .add(run.request(devices));
              });
    }
    for (Program program : programs) {
      try {
        program.expect(next.getOrDefault(program, List.of()));
      } catch (RuntimeException e) {
        // Programs are other people's code, and what is only a guess must not end the supervisor.
        LOG.warn("a program failed at what it was told to expect: {}", e.toString());
      }
    }
  }

  private static boolean suits(Placement.Wish wish, List<DeviceId> devices) {
    return devices.size() == wish.count()
        && devices.stream().allMatch(device -> device.kind().equals(wish.kind()))
        && wish.named().map(devices::contains).orElse(true);
  }
}
