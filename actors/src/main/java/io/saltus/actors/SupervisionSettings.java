package io.saltus.actors;

import com.typesafe.config.Config;
import io.saltus.actors.worker.WorkerLimits;
import java.time.Duration;

/**
 * What can be tuned about supervision without changing a result.
 *
 * @param chunkTarget how long a chunk should take
 * @param chunkSteps how many steps a chunk has at most; bounds the size of a frame
 * @param snapshotEvery a run's state and the supervisor's are snapshotted after this many events
 * @param pausePatience how long a pause waits for the chunk under way
 * @param closePatience how long a session may take to close
 * @param monitorPatience how long the end waits for the last words of monitors
 * @param answerWithin how long the supervisor has for an answer
 * @param requests how many requests may wait for an answer at a time
 * @param runs how many runs may be under way or waiting at a time
 * @param restarts when a run is tried again
 * @param drainedFor how long a device on which different runs failed is given to nobody
 * @param hang when a session of this process hangs
 * @param memoryShare of the machine's memory that runs may reserve together, from 0 to 1
 * @param disk how much room is kept on it
 */
record SupervisionSettings(
    Duration chunkTarget,
    int chunkSteps,
    int snapshotEvery,
    Duration pausePatience,
    Duration closePatience,
    Duration monitorPatience,
    Duration answerWithin,
    int requests,
    int runs,
    RestartPolicy restarts,
    Duration drainedFor,
    WorkerLimits hang,
    double memoryShare,
    DiskRoom disk) {

  /** Reads {@code saltus.actors}. */
  static SupervisionSettings of(Config system) {
    Config config = system.getConfig("saltus.actors");
    return new SupervisionSettings(
        config.getDuration("chunk-target"),
        config.getInt("chunk-steps"),
        config.getInt("snapshot-every"),
        config.getDuration("pause-patience"),
        config.getDuration("close-patience"),
        config.getDuration("monitor-patience"),
        config.getDuration("answer-within"),
        config.getInt("requests"),
        config.getInt("runs"),
        new RestartPolicy(
            config.getInt("restart.budget"),
            config.getDuration("restart.window"),
            config.getDuration("restart.first-wait"),
            config.getDuration("restart.longest-wait"),
            config.getBoolean("restart.of-computation")),
        config.getDuration("drained-for"),
        new WorkerLimits(
            config.getDuration("hang.opening"),
            config.getDuration("hang.floor"),
            config.getInt("hang.times"),
            config.getDuration("hang.tick"),
            config.getDuration("hang.grace")),
        config.getDouble("memory-share"),
        new DiskRoom(
            config.getMemorySize("disk.floor").toBytes(),
            config.getMemorySize("disk.margin").toBytes(),
            config.getDuration("disk.every")));
  }
}
