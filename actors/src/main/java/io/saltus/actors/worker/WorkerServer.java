package io.saltus.actors.worker;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.SessionLostException;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.persistence.worker.TensorAssembly;
import io.saltus.persistence.worker.TensorPiece;
import io.saltus.persistence.worker.WireException;
import io.saltus.persistence.worker.WorkerMessage;
import io.saltus.persistence.worker.WorkerReply;
import io.saltus.persistence.worker.WorkerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The child's side: serves one session to the process at the other end of its pipes. The calling
 * thread computes; a thread of its own reads requests all the time, so that the end of the parent
 * is noticed also during a chunk, and another sends signs of life.
 */
public final class WorkerServer {

  // A few pieces of tensors, not a whole state. Nothing is waiting while a request is carried out,
  // so the end of the parent is read.
  private static final int QUEUE = 4;

  private final WorkerChannel channel;
  private final Function<List<Path>, List<Program>> programs;
  private final Runnable parentGone;
  private final Duration heartbeat;
  private final BlockingQueue<WorkerMessage> requests = new ArrayBlockingQueue<>(QUEUE);
  private @Nullable TrainingSession session;
  private @Nullable List<Path> plugins;
  private List<Program> found = List.of();

  /**
   * @param in requests
   * @param out replies; nothing else may be written there
   * @param programs finds who may open the session, also in the jars given
   * @param parentGone called by the reading thread when the requests have ended or are garbled;
   *     ends the process
   * @param heartbeat time between two signs of life, more than 0
   */
  public WorkerServer(
      InputStream in,
      OutputStream out,
      Function<List<Path>, List<Program>> programs,
      Runnable parentGone,
      Duration heartbeat) {
    this.channel = new WorkerChannel(in, out);
    this.programs = programs;
    this.parentGone = parentGone;
    this.heartbeat = heartbeat;
  }

  /**
   * Serves until the session is closed.
   *
   * @throws IOException when the parent does not read any more, or says what makes no sense
   * @throws InterruptedException when the calling thread is interrupted
   */
  public void serve() throws IOException, InterruptedException {
    Thread reader = new Thread(this::read, "saltus-worker-requests");
    reader.setDaemon(true);
    reader.start();
    ScheduledExecutorService pulse =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "saltus-worker-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> beating =
        pulse.scheduleAtFixedRate(
            this::beat, heartbeat.toNanos(), heartbeat.toNanos(), TimeUnit.NANOSECONDS);
    try {
      boolean open = true;
      while (open) {
        open = answer(requests.take());
      }
    } finally {
      beating.cancel(false);
      pulse.shutdown();
    }
  }

  private void read() {
    try {
      Optional<WorkerMessage> next = channel.receive();
      while (next.isPresent()) {
        requests.put(next.get());
        next = channel.receive();
      }
    } catch (IOException e) {
      System.err.println("saltus: a worker cannot understand its parent: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parentGone.run();
  }

  private void beat() {
    try {
      channel.send(new WorkerReply.Alive());
    } catch (IOException e) {
      parentGone.run();
    }
  }

  /** Whether more requests may come. */
  private boolean answer(WorkerMessage message) throws IOException, InterruptedException {
    if (!(message instanceof WorkerRequest request)) {
      throw new WireException("a worker was sent " + message.getClass().getSimpleName());
    }
    // What follows in pieces is taken in before anything can fail, so that pipes stay in step.
    List<TensorValue> tensors = tensors(request);
    try {
      carryOut(request, tensors);
    } catch (SessionLostException e) {
      fail(kind(e.end()), e);
    } catch (SessionException e) {
      fail(WorkerReply.Failed.Kind.SESSION, e);
    } catch (OutOfMemoryError e) {
      fail(WorkerReply.Failed.Kind.HEAP, e);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      // Programs are other people's code: whatever they throw is the parent's to judge.
      fail(WorkerReply.Failed.Kind.UNEXPECTED, e);
    }
    return !(request instanceof WorkerRequest.Close);
  }

  private void carryOut(WorkerRequest request, List<TensorValue> tensors) throws IOException {
    if (request instanceof WorkerRequest.Open open) {
      channel.send(open(open, tensors));
    } else if (request instanceof WorkerRequest.Prepare prepare) {
      WorkerRequest.Open expected = prepare.expected();
      program(expected).prepare(request(expected, List.of()));
      // Now, while nobody waits: native memory goes with the objects that hold it.
      System.gc();
      channel.send(new WorkerReply.Done());
    } else if (request instanceof WorkerRequest.Run run) {
      session().limit(run.stepLimit());
      channel.send(new WorkerReply.Frame(session().run(run.chunk())));
    } else if (request instanceof WorkerRequest.Evaluate evaluate) {
      channel.send(new WorkerReply.Frame(session().evaluate(evaluate.set())));
    } else if (request instanceof WorkerRequest.Read read) {
      List<TensorValue> state = session().read(read.names());
      channel.send(new WorkerReply.State(state.size()));
      channel.send(state);
    } else if (request instanceof WorkerRequest.Restore restore) {
      session().restore(restore.step(), tensors);
      channel.send(new WorkerReply.Done());
    } else if (request instanceof WorkerRequest.Close) {
      TrainingSession closing = session;
      session = null;
      if (closing != null) {
        closing.close();
      }
      channel.send(new WorkerReply.Done());
    } else {
      channel.send(new WorkerReply.Alive());
    }
  }

  private WorkerReply.Opened open(WorkerRequest.Open open, List<TensorValue> masks) {
    if (session != null) {
      throw new SessionException("this worker has a session already");
    }
    TrainingSession opened = program(open).open(request(open, masks));
    session = opened;
    return new WorkerReply.Opened(
        opened.catalogue(),
        opened.fingerprint(),
        opened.variables(),
        opened.weights(),
        opened.capabilities(),
        opened.step());
  }

  private Program program(WorkerRequest.Open open) {
    return find(open.plugins()).stream()
        .filter(each -> each.supports(open.spec()))
        .findFirst()
        .orElseThrow(
            () -> new SessionException("a worker finds no program for this spec: its jar is gone"));
  }

  private static SessionRequest request(WorkerRequest.Open open, List<TensorValue> masks) {
    return new SessionRequest(open.spec(), open.devices(), open.inputs()).withMasks(masks);
  }

  private List<Program> find(List<Path> jars) {
    if (!jars.equals(plugins)) {
      found = List.copyOf(programs.apply(jars));
      plugins = jars;
    }
    return found;
  }

  private TrainingSession session() {
    TrainingSession opened = session;
    if (opened == null) {
      throw new IllegalStateException("this worker has no session");
    }
    return opened;
  }

  private List<TensorValue> tensors(WorkerRequest request)
      throws WireException, InterruptedException {
    int expected =
        request instanceof WorkerRequest.Open open
            ? open.masks()
            : request instanceof WorkerRequest.Restore restore ? restore.tensors() : 0;
    TensorAssembly assembly = new TensorAssembly(expected);
    while (!assembly.complete()) {
      if (!(requests.take() instanceof TensorPiece piece)) {
        throw new WireException("a request came before all tensors of the one before");
      }
      assembly.add(piece);
    }
    return assembly.tensors();
  }

  private static WorkerReply.Failed.Kind kind(AttemptEnd end) {
    return switch (end) {
      case HUNG -> WorkerReply.Failed.Kind.HUNG;
      case DEVICE_LOST -> WorkerReply.Failed.Kind.DEVICE_LOST;
      case HEAP_EXHAUSTED -> WorkerReply.Failed.Kind.HEAP;
      default -> WorkerReply.Failed.Kind.SESSION;
    };
  }

  private void fail(WorkerReply.Failed.Kind kind, Throwable thrown) throws IOException {
    String message = thrown.getMessage();
    channel.send(
        new WorkerReply.Failed(
            kind,
            kind == WorkerReply.Failed.Kind.UNEXPECTED || message == null
                ? thrown.toString()
                : message));
  }
}
