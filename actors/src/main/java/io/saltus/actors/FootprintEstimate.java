package io.saltus.actors;

import io.saltus.experiment.session.Program;
import io.saltus.experiment.spec.CheckpointPolicy;
import io.saltus.experiment.spec.DeviceKind;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.experiment.spec.Isolation;
import io.saltus.experiment.spec.Placing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Estimates what a run takes of memory and disk, before it begins. An estimate is no limit: nobody
 * enforces it. It is for not beginning what cannot all be there at once.
 *
 * <p>With S the bytes of the state (variables and optimiser slots), I those of the input files, M
 * the number of metrics:
 *
 * <ul>
 *   <li>memory: what the spec asks for, if it computes on the processor and does; else a base (32
 *       MiB for a graph in this process, 512 MiB for a process of its own with its JVM and
 *       TensorFlow) + 4·S (the state, its gradients, the copy of a checkpoint and the one before
 *       that is being written) + 2·I + two frames of at most {@code chunk-steps} steps with 16
 *       bytes per step and metric;
 *   <li>disk: (checkpoints that are kept + the one that is being written)·S + 8 bytes per step and
 *       metric, at most 1 GiB: who computes for longer is seen by the floor of the disk in time.
 * </ul>
 */
final class FootprintEstimate {

  private static final long MIB = 1L << 20;
  private static final long THREAD = 32 * MIB;
  private static final long PROCESS = 512 * MIB;
  private static final long UNKNOWN_STATE = 16 * MIB;
  private static final int STATES_IN_MEMORY = 4;
  private static final int FRAMES = 2;
  private static final int BYTES_IN_MEMORY = 16;
  private static final int BYTES_ON_DISK = 8;
  private static final long MOST_EVENTS = 1024 * MIB;

  /** The speed and the wall time, which every run records. */
  private static final int TIMINGS = 2;

  private final List<Program> programs;
  private final int chunkSteps;

  FootprintEstimate(List<Program> programs, int chunkSteps) {
    this.programs = List.copyOf(programs);
    this.chunkSteps = chunkSteps;
  }

  /**
   * Looks at the sizes of the inputs, so it is not for actors.
   *
   * @param inputs files that the session reads
   */
  Footprint of(ExperimentSpec spec, Collection<Path> inputs) {
    return programs.stream()
        .filter(program -> program.supports(spec))
        .findFirst()
        .map(program -> of(spec, program, inputs))
        .orElse(Footprint.NONE);
  }

  private Footprint of(ExperimentSpec spec, Program program, Collection<Path> inputs) {
    long state = program.stateBytes(spec).orElse(UNKNOWN_STATE);
    int metrics = program.metrics(spec).size() + TIMINGS;
    return new Footprint(memory(spec, state, metrics, inputs), disk(spec, state, metrics));
  }

  private long memory(ExperimentSpec spec, long state, int metrics, Collection<Path> inputs) {
    Placing placing = spec.placing();
    boolean gpu = placing.kind() == DeviceKind.GPU;
    if (!gpu && placing.memoryBytes().isPresent()) {
      return placing.memoryBytes().get();
    }
    long base = gpu || spec.isolation() == Isolation.PROCESS ? PROCESS : THREAD;
    long frames = (long) FRAMES * chunkSteps * metrics * BYTES_IN_MEMORY;
    return base + STATES_IN_MEMORY * state + 2 * size(inputs) + frames;
  }

  /** Far beyond any disk, and of sums of it none overflows. */
  private static final double MOST_ON_DISK = 1e18;

  private static long disk(ExperimentSpec spec, long state, int metrics) {
    CheckpointPolicy policy = spec.checkpoint();
    long kept = policy.keepLast() + 1L + (policy.keepBest().isPresent() ? 1 : 0);
    kept += policy.keepEvery().map(every -> spec.steps() / every).orElse(0L);
    double events = (double) spec.steps() * metrics * BYTES_ON_DISK;
    double all = (double) kept * state + Math.min(events, MOST_EVENTS);
    return (long) Math.min(all, MOST_ON_DISK);
  }

  private static long size(Collection<Path> inputs) {
    long bytes = 0;
    for (Path input : inputs) {
      try {
        bytes += Files.size(input);
      } catch (IOException unreadable) {
        // Its session says so when it opens it.
      }
    }
    return bytes;
  }
}
