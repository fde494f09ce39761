package io.saltus.app;

import io.saltus.tf.device.Devices;
import java.util.OptionalDouble;

/**
 * How a study is to be done, beside what its spec says.
 *
 * @param parallel how many of its runs wait or work at a time, at least 1
 * @param failedAgain whether runs that failed go on, and cancelled ones are begun anew
 * @param reuse whether complete runs of the home that compute the same are taken
 * @param deviceHours how long devices may be used from its beginning on; empty: as before
 */
public record StudyTerms(
    int parallel, boolean failedAgain, boolean reuse, OptionalDouble deviceHours) {

  /** So many runs at a time may be asked for. */
  public static final int MOST_PARALLEL = 10_000;

  /** Beyond those at work, so that a device that becomes free is given away at once. */
  private static final int WAITING = 2;

  /** As nobody asked for anything in particular: all devices of this machine at once. */
  public static StudyTerms usual() {
    return new StudyTerms(Devices.list().size() + WAITING, false, false, OptionalDouble.empty());
  }
}
