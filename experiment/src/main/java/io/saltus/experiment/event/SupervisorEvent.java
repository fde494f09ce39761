package io.saltus.experiment.event;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import java.util.List;

/** What the supervisor of a home decided. */
public sealed interface SupervisorEvent {

  /** A run was accepted and waits for its turn. */
  record RunEnqueued(RunId run, String experiment) implements SupervisorEvent {}

  /**
   * Devices were given to one attempt of a run.
   *
   * @param fence grows with every lease of the home; frames under an older one are refused
   * @param devices at least one
   */
  record LeaseGranted(long fence, List<DeviceId> devices, RunId run) implements SupervisorEvent {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when it is empty
     */
    public LeaseGranted {
      devices = List.copyOf(devices);
      if (devices.isEmpty()) {
        throw new IllegalArgumentException("a lease without a device");
      }
    }
  }

  /** The devices of a lease are free again. */
  record LeaseReleased(long fence, String reason) implements SupervisorEvent {}

  /**
   * A run at work is asked to give its devices to one of a higher priority that waits.
   *
   * @param by the one that waits
   */
  record RunPreempted(RunId run, RunId by) implements SupervisorEvent {}

  /**
   * An attempt ended badly or gave way, and the run waits for its turn to be tried again.
   *
   * @param afterMillis when it takes its place in the queue, in milliseconds from now
   */
  record RestartScheduled(RunId run, AttemptEnd cause, long afterMillis)
      implements SupervisorEvent {}

  /**
   * Different runs failed on a device: it is given to nobody for a while.
   *
   * @param reason which runs, and how
   */
  record DeviceDrained(DeviceId device, String reason) implements SupervisorEvent {}

  /** A drained device is tried again. */
  record DeviceRestored(DeviceId device) implements SupervisorEvent {}

  /**
   * So little is left of the disk that the runs at work pause.
   *
   * @param freeBytes what is left
   * @param floorBytes what is kept free
   */
  record DiskRanLow(long freeBytes, long floorBytes) implements SupervisorEvent {}

  /**
   * There is room on the disk again, and the runs that paused for it go on.
   *
   * @param freeBytes what is left
   */
  record DiskRecovered(long freeBytes) implements SupervisorEvent {}

  /** A run came to rest. */
  record RunSettled(RunId run, RunOutcome outcome) implements SupervisorEvent {}

  /** How a run came to rest. */
  enum RunOutcome {
    /** It reached its end. */
    COMPLETED,
    /** It failed. */
    FAILED,
    /** It was cancelled. */
    CANCELLED,
    /** It rests and can go on. */
    PAUSED
  }
}
