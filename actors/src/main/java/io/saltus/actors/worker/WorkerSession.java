package io.saltus.actors.worker;

import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.GpuFault;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A session in a worker. Each call waits for the worker; used by one thread at a time. */
final class WorkerSession implements TrainingSession {

  private final WorkerProcess worker;
  private final WorkerLimits limits;
  private final LongSupplier nanoTime;
  private final Function<String, Optional<String>> keep;
  private final Runnable end;
  private final boolean onGpu;
  private final ChunkPatience patience;
  private final WorkerReply.Opened opened;
  private long step;
  private boolean closed;

  /**
   * Opens the session of a worker that has none.
   *
   * @param plugins jars with further programs
   * @param keep keeps what a lost worker said last, and gives its place in the home, if it has one
   * @param end ends the worker at once, with all that belongs to it
   * @throws SessionException when the program refuses, or with probes, which need to live where the
   *     session does
   */
  WorkerSession(
      WorkerProcess worker,
      SessionRequest request,
      List<Path> plugins,
      WorkerLimits limits,
      LongSupplier nanoTime,
      Function<String, Optional<String>> keep,
      Runnable end) {
    this.worker = worker;
    this.keep = keep;
    this.onGpu = request.devices().stream().anyMatch(device -> device.kind().equals("gpu"));
    this.end = end;
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.patience = new ChunkPatience(limits);
    if (!request.probes().isEmpty()) {
      throw new SessionException(
          "probes cannot look at a session in another process. Set isolation = thread.");
    }
    this.opened =
        ask(
            new WorkerRequest.Open(
                request.spec(),
                request.devices(),
                request.inputs(),
                request.masks().size(),
                plugins),
            request.masks(),
            WorkerReply.Opened.class,
            limits.opening().toNanos());
    this.step = opened.step();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> here = EnumSet.noneOf(Capability.class);
    here.addAll(opened.capabilities());
    here.remove(Capability.PROBES);
    return here;
  }

  @Override
  public Catalogue catalogue() {
    return opened.catalogue();
  }

  @Override
  public Fingerprint fingerprint() {
    return opened.fingerprint();
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public MetricFrame run(Chunk chunk) {
    long begun = nanoTime.getAsLong();
    Duration limit = Duration.ofNanos(patience.nanos());
    MetricFrame frame =
        ask(
                new WorkerRequest.Run(chunk, Duration.ofMillis(Math.max(1, limit.toMillis()))),
                List.of(),
                WorkerReply.Frame.class,
                limit.plus(limits.grace()).toNanos())
            .frame();
    patience.took(nanoTime.getAsLong() - begun);
    step = frame.until();
    return frame;
  }

  @Override
  public MetricFrame evaluate(String set) {
    return ask(new WorkerRequest.Evaluate(set), WorkerReply.Frame.class).frame();
  }

  @Override
  public List<String> variables() {
    return opened.variables();
  }

  @Override
  public SortedMap<String, List<Long>> weights() {
    return opened.weights();
  }

  @Override
  public List<TensorValue> read(Set<String> names) {
    int expected =
        ask(new WorkerRequest.Read(new TreeSet<>(names)), WorkerReply.State.class).tensors();
    try {
      return receive(expected);
    } catch (SessionLostException e) {
      throw told(e);
    }
  }

  private List<TensorValue> receive(int tensors) {
    TensorAssembly assembly = new TensorAssembly(tensors);
    while (!assembly.complete()) {
      WorkerMessage message = worker.await(limits.opening().toNanos());
      try {
        if (!(message instanceof TensorPiece piece)) {
          throw new WireException("a state was cut short");
        }
        assembly.add(piece);
      } catch (WireException e) {
        throw worker.lost(e.getMessage());
      }
    }
    return assembly.tensors();
  }

  @Override
  public void restore(long after, List<TensorValue> state) {
    ask(
        new WorkerRequest.Restore(after, state.size()),
        state,
        WorkerReply.Done.class,
        limits.opening().toNanos());
    step = after;
  }

  /** Closes the session and waits until the worker has ended. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      exchange(
          new WorkerRequest.Close(), List.of(), WorkerReply.Done.class, limits.floor().toNanos());
    } catch (SessionLostException e) {
      // It is gone already, which is what closing is for.
      return;
    } finally {
      end.run();
    }
  }

  private <R extends WorkerReply> R ask(WorkerRequest request, Class<R> kind) {
    return ask(request, List.of(), kind, limits.opening().toNanos());
  }

  private <R extends WorkerReply> R ask(
      WorkerRequest request, List<TensorValue> tensors, Class<R> kind, long nanos) {
    try {
      return exchange(request, tensors, kind, nanos);
    } catch (SessionLostException e) {
      throw told(e);
    }
  }

  /** The same, with what the worker's standard error adds. */
  private SessionLostException told(SessionLostException lost) {
    String said = worker.errors();
    StringBuilder message = new StringBuilder(String.valueOf(lost.getMessage()));
    AttemptEnd cause = lost.end();
    if (onGpu && cause == AttemptEnd.NATIVE_ABORT) {
      // TensorFlow aborts the process on most errors of CUDA that are not an operation's own.
      Optional<GpuFault> fault = GpuFault.in(said);
      fault.ifPresent(each -> message.append(" It had said ").append(each.words()).append('.'));
      cause = fault.isPresent() ? AttemptEnd.DEVICE_LOST : cause;
    }
    keep.apply(said)
        .ifPresent(place -> message.append(" Its last words are in ").append(place).append('.'));
    return new SessionLostException(cause, message.toString());
  }

  private <R extends WorkerReply> R exchange(
      WorkerRequest request, List<TensorValue> tensors, Class<R> kind, long nanos) {
    try {
      worker.send(
          channel -> {
            channel.send(request);
            channel.send(tensors);
          },
          nanos);
    } catch (WireException e) {
      throw new SessionException("a worker cannot be asked this: " + e.getMessage(), e);
    } catch (IOException e) {
      throw worker.lost(null);
    }
    WorkerMessage reply = worker.await(nanos);
    if (reply instanceof WorkerReply.Failed failed) {
      throw switch (failed.kind()) {
        case SESSION -> new SessionException(failed.message());
        case HEAP ->
            new SessionLostException(
                AttemptEnd.HEAP_EXHAUSTED, "the worker's heap was exhausted: " + failed.message());
        case HUNG -> new SessionLostException(AttemptEnd.HUNG, failed.message());
        case DEVICE_LOST -> new SessionLostException(AttemptEnd.DEVICE_LOST, failed.message());
        case UNEXPECTED ->
            new SessionException("the session failed unexpectedly: " + failed.message());
      };
    }
    if (!kind.isInstance(reply)) {
      throw worker.lost("it answered with a " + reply.getClass().getSimpleName());
    }
    return kind.cast(reply);
  }
}
