package io.saltus.actors.worker;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.persistence.home.WorkerFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The worker processes of a home: one for each session that is to live outside this process. Usable
 * by all threads; closing it ends those that are left.
 */
public final class Workers implements AutoCloseable {

  private final Function<String, List<String>> command;
  private final List<Path> plugins;
  private final WorkerFiles files;
  private final WorkerLimits limits;
  private final LongSupplier nanoTime;
  private final Set<WorkerProcess> running = new HashSet<>();
  private boolean closed;

  /**
   * Starts nothing.
   *
   * @param command what starts a worker for a slot, such as {@code cpu:0}
   * @param plugins jars in which a worker finds further programs
   * @param files of the home
   * @param nanoTime a clock that only goes forward
   */
  public Workers(
      Function<String, List<String>> command,
      List<Path> plugins,
      WorkerFiles files,
      WorkerLimits limits,
      LongSupplier nanoTime) {
    this.command = command;
    this.plugins = plugins.stream().map(Path::toAbsolutePath).toList();
    this.files = files;
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /**
   * Opens a session in a worker of its own, which ends when the session is closed.
   *
   * @throws SessionException when no worker can be started, or its program refuses
   */
  TrainingSession open(SessionRequest request) {
    WorkerProcess worker = start(slot(request));
    boolean opened = false;
    try {
      TrainingSession session =
          new WorkerSession(worker, request, plugins, limits, nanoTime, () -> end(worker));
      opened = true;
      return session;
    } finally {
      if (!opened) {
        end(worker);
      }
    }
  }

  private synchronized WorkerProcess start(String slot) {
    if (closed) {
      throw new SessionException("no worker is started any more: the home is being closed");
    }
    WorkerProcess worker;
    try {
      worker =
          WorkerProcess.start(
              command.apply(slot), limits, nanoTime, OutOfMemoryKills.ofThisGroup());
    } catch (IOException e) {
      throw new SessionException("a worker process cannot be started: " + e.getMessage(), e);
    }
    running.add(worker);
    try {
      files.add(worker.handle(), slot);
    } catch (IOException e) {
      end(worker);
      throw new SessionException("the file of a worker cannot be written: " + e.getMessage(), e);
    }
    return worker;
  }

  private void end(WorkerProcess worker) {
    worker.close();
    files.remove(worker.pid());
    synchronized (this) {
      running.remove(worker);
    }
  }

  /** Kills the workers whose sessions nobody has closed; starts none from now on. */
  @Override
  public void close() {
    List<WorkerProcess> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(running);
    }
    left.forEach(this::end);
  }

  private static String slot(SessionRequest request) {
    return request.devices().stream().map(DeviceId::toString).collect(Collectors.joining(","));
  }
}
