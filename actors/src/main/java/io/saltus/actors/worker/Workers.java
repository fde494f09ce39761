package io.saltus.actors.worker;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.persistence.home.WorkerFiles;
import io.saltus.persistence.worker.WorkerReply;
import io.saltus.persistence.worker.WorkerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The worker processes of a home: one for each session that is to live outside this process, and
 * for those that are expected a spare, started ahead. Usable by all threads; closing it ends those
 * that are left.
 */
public final class Workers implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(250);
  // A worker says once a second that it lives.
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final Function<String, List<String>> command;
  private final List<Path> plugins;
  private final WorkerFiles files;
  private final WorkerLimits limits;
  private final LongSupplier nanoTime;
  private final CorePinning pinning;
  private final Set<WorkerProcess> running = new HashSet<>();
  private final AtomicInteger openings = new AtomicInteger();
  private final Spares<WorkerProcess> spares;
  private final ScheduledThreadPoolExecutor keeper;
  private boolean tending;
  private boolean closed;

  /**
   * Starts nothing.
   *
   * @param command what starts a worker for a slot, such as {@code cpu:0}
   * @param plugins jars in which a worker finds further programs
   * @param files of the home
   * @param nanoTime a clock that only goes forward
   * @param pinning of workers to the cores of their slots
   */
  public Workers(
      Function<String, List<String>> command,
      List<Path> plugins,
      WorkerFiles files,
      WorkerLimits limits,
      LongSupplier nanoTime,
      CorePinning pinning) {
    this.command = command;
    this.plugins = plugins.stream().map(Path::toAbsolutePath).toList();
    this.files = files;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.pinning = pinning;
    this.spares = new Spares<>(new SpareCare(), nanoTime);
    this.keeper =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "saltus-spare-workers");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens a session in a worker of its own, which ends when the session is closed.
   *
   * @throws SessionException when no worker can be started, or its program refuses
   */
  TrainingSession open(SessionRequest request) {
    openings.incrementAndGet();
    WorkerProcess worker = null;
    boolean opened = false;
    try {
      String slot = slot(request);
      worker =
          spares
              .take(new Spares.Kind(slot, request.spec().numerics()))
              .filter(this::prepared)
              .orElseGet(() -> start(slot));
      note(worker, slot, request.run());
      WorkerProcess mine = worker;
      TrainingSession session =
          new WorkerSession(
              worker,
              request,
              plugins,
              limits,
              nanoTime,
              said -> request.run().flatMap(run -> files.errors().keep(run, mine.pid(), said)),
              () -> end(mine));
      // Only now: it starts, and its session is opened, as fast as the processors allow, and all
      // the threads that will compute are there.
      pinning.pin(worker.pid(), request.devices());
      opened = true;
      return session;
    } finally {
      openings.decrementAndGet();
      if (!opened && worker != null) {
        end(worker);
      }
    }
  }

  /**
   * Gets spares ready for the sessions that are expected, and for no others. Returns at once.
   *
   * @param by who expects them; takes the place of what the same one expected before
   */
  synchronized void expect(Object by, List<SessionRequest> next) {
    Map<Spares.Kind, SessionRequest> kinds = new HashMap<>();
    next.forEach(
        request ->
            kinds.putIfAbsent(new Spares.Kind(slot(request), request.spec().numerics()), request));
    synchronized (this) {
      if (!closed) {
        // Not here: whoever tends the spares holds them while processes are started.
        keeper.execute(
            () -> {
              spares.want(by, kinds);
              tendLater();
            });
      }
    }
  }

  private void tendLater() {
    // Before this object is held: the spares hold their own lock when they ask for this one.
    boolean busy = spares.busy();
    synchronized (this) {
      if (busy && !tending && !closed) {
        tending = true;
        ScheduledFuture<?> unused =
            keeper.schedule(this::tend, TICK.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private void tend() {
    try {
      // While a session is opened, the processors are left to it.
      spares.tend(openings.get() == 0);
    } finally {
      synchronized (this) {
        tending = false;
      }
      tendLater();
    }
  }

  /** Whether a spare has loaded what it was to load; it is ended where not. */
  private boolean prepared(WorkerProcess spare) {
    try {
      if (spare.await(limits.floor().toNanos()) instanceof WorkerReply.Done) {
        return true;
      }
    } catch (SessionLostException e) {
      // Whatever it was, a fresh worker says it better.
      end(spare);
      return false;
    }
    end(spare);
    return false;
  }

  private WorkerProcess start(String slot) {
    WorkerProcess worker;
    synchronized (this) {
      if (closed) {
        throw new SessionException("no worker is started any more: the home is being closed");
      }
      try {
        worker =
            WorkerProcess.start(
                command.apply(slot), limits, nanoTime, OutOfMemoryKills.ofThisGroup());
      } catch (IOException e) {
        throw StartFailure.of(e);
      }
      running.add(worker);
    }
    return worker;
  }

  private void note(WorkerProcess worker, String slot, Optional<RunId> run) {
    try {
      files.add(worker.handle(), slot, run);
    } catch (IOException e) {
      throw new SessionException("the file of a worker cannot be written: " + e.getMessage(), e);
    }
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
      keeper.shutdownNow();
      left = List.copyOf(running);
    }
    spares.close();
    left.forEach(this::end);
  }

  private static String slot(SessionRequest request) {
    return request.devices().stream().map(DeviceId::toString).collect(Collectors.joining(","));
  }

  private final class SpareCare implements Spares.Care<WorkerProcess> {

    @Override
    public WorkerProcess start(Spares.Kind kind, SessionRequest expected) {
      WorkerProcess worker = Workers.this.start(kind.slot());
      boolean begun = false;
      try {
        note(worker, kind.slot(), Optional.empty());
        worker.send(
            channel ->
                channel.send(
                    new WorkerRequest.Prepare(
                        new WorkerRequest.Open(
                            expected.spec(), expected.devices(), expected.inputs(), 0, plugins))),
            limits.floor().toNanos());
        begun = true;
        return worker;
      } catch (IOException e) {
        throw worker.lost(null);
      } finally {
        if (!begun) {
          Workers.this.end(worker);
        }
      }
    }

    @Override
    public boolean alive(WorkerProcess worker) {
      return worker.alive(SILENCE);
    }

    @Override
    public void end(WorkerProcess worker) {
      Workers.this.end(worker);
    }
  }
}
