package io.saltus.persistence.projection;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.provenance.Fingerprint;
import java.util.List;
import java.util.Optional;

/**
 * An incarnation of a run.
 *
 * @param attempt its number, from 1
 * @param fromStep the step whose state it began with; -1 when it began with step 0 itself
 * @param recordedBefore the last step that was recorded when it began; -1 when there was none
 * @param lastStep the last step that it recorded itself; -1 when there is none
 * @param caughtUp whether it executed recorded steps again and every compared bit was equal
 * @param end why it ended; empty while it is open
 */
public record AttemptState(
    int attempt,
    List<DeviceId> devices,
    long fromStep,
    Fingerprint fingerprint,
    Catalogue catalogue,
    long recordedBefore,
    long lastStep,
    boolean caughtUp,
    Optional<Ending> end) {

  /** How an attempt ended. */
  public record Ending(AttemptEnd cause, String message) {}

  /** Copies the list. */
  public AttemptState {
    devices = List.copyOf(devices);
  }

  AttemptState recorded(long step) {
    return new AttemptState(
        attempt,
        devices,
        fromStep,
        fingerprint,
        catalogue,
        recordedBefore,
        Math.max(lastStep, step),
        caughtUp,
        end);
  }

  AttemptState verified() {
    return new AttemptState(
        attempt, devices, fromStep, fingerprint, catalogue, recordedBefore, lastStep, true, end);
  }

  AttemptState ended(Ending ending) {
    return new AttemptState(
        attempt,
        devices,
        fromStep,
        fingerprint,
        catalogue,
        recordedBefore,
        lastStep,
        caughtUp,
        Optional.of(ending));
  }
}
