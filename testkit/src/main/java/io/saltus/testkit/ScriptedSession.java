package io.saltus.testkit;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.provenance.Fingerprint;
import io.saltus.experiment.random.Philox;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.ChunkLoop;
import io.saltus.experiment.session.SessionException;
import io.saltus.experiment.session.StepRecord;
import io.saltus.experiment.session.Stepper;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.testkit.Script.ScriptedMetric;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A session that plays a {@link Script} and records what was asked of it. Its state is one integer
 * tensor that follows from seed and step alone.
 */
public final class ScriptedSession implements TrainingSession {

  private static final String STATE = "state";
  private static final int KEPT = 10_000;

  private final Script script;
  private final int opening;
  private final long seed;
  private final Catalogue catalogue;
  private final ChunkLoop loop;
  private final List<Chunk> chunks = new CopyOnWriteArrayList<>();
  private final Set<String> threads = Collections.synchronizedSet(new LinkedHashSet<>());
  private volatile long step = -1;
  private volatile boolean closed;

  /**
   * @param opening which of its program's it is, from 1
   */
  ScriptedSession(Script script, int opening, ExperimentSpec spec, List<String> sets) {
    this.script = script;
    this.opening = opening;
    this.seed = spec.seeds().init();
    this.catalogue =
        new Catalogue(script.scripted().stream().map(metric -> described(metric, spec)).toList());
    this.loop = new ChunkLoop(catalogue, spec.evaluate(), sets);
  }

  private static MetricDescriptor described(ScriptedMetric metric, ExperimentSpec spec) {
    boolean evaluated = !metric.set().isEmpty();
    return new MetricDescriptor(
        metric.name(),
        metric.set(),
        metric.kind(),
        1,
        "",
        evaluated ? spec.evaluate().cadenceOf(metric.set()).text() : "every step",
        true,
        evaluated);
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public Fingerprint fingerprint() {
    return new Fingerprint(
        new TreeMap<>(Map.of("kernel-canary", script.canary(opening))),
        new TreeMap<>(Map.of("saltus", "scripted")));
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public MetricFrame run(Chunk chunk) {
    enter();
    if (chunks.size() < KEPT) {
      chunks.add(chunk);
    }
    if (chunk.first() != step + 1) {
      throw new SessionException(
          "a chunk from step " + chunk.first() + " was asked of a session at step " + step);
    }
    MetricFrame frame = loop.run(chunk, new Player());
    step = frame.until();
    return frame;
  }

  @Override
  public List<String> variables() {
    return List.of(STATE);
  }

  @Override
  public List<TensorValue> read(Set<String> names) {
    enter();
    for (String name : names) {
      if (!name.equals(STATE)) {
        throw new SessionException("there is no variable " + name);
      }
    }
    return names.isEmpty() ? List.of() : List.of(stateAfter(step));
  }

  @Override
  public void restore(long restored, List<TensorValue> state) {
    enter();
    if (!state.equals(List.of(stateAfter(restored)))) {
      throw new SessionException(state + " is not the state after step " + restored);
    }
    step = restored;
  }

  @Override
  public void close() {
    threads.add(Thread.currentThread().getName());
    closed = true;
  }

  /** The chunks it was asked for, in order; at most the first 10,000. */
  public List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  /** Whether it was closed. */
  public boolean closed() {
    return closed;
  }

  /** The names of the threads that used it, in the order of their first use. */
  public List<String> threads() {
    synchronized (threads) {
      return List.copyOf(threads);
    }
  }

  private void enter() {
    threads.add(Thread.currentThread().getName());
    if (closed) {
      throw new SessionException("the session is closed");
    }
  }

  private TensorValue stateAfter(long at) {
    Philox bits = new Philox(seed);
    int values = script.stateValues();
    ByteBuffer bytes = ByteBuffer.allocate(values * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i <= values; i++) {
      bytes.putLong(bits.bits(at, i));
    }
    List<Long> shape = values == 1 ? List.of() : List.of((long) values);
    return new TensorValue(STATE, TensorValue.Dtype.I64, shape, bytes.array());
  }

  /** Plays one step at a time. */
  private final class Player implements Stepper {

    @Override
    public void update(long at, List<String> sets, StepRecord record) {
      Mishap mishap = begin(at);
      for (int i = 0; i < script.scripted().size(); i++) {
        ScriptedMetric metric = script.scripted().get(i);
        if (metric.set().isEmpty()) {
          put(record, i, metric, at, mishap);
        }
      }
      play(at, sets, record, mishap);
    }

    @Override
    public void evaluate(long at, List<String> sets, StepRecord record) {
      // At step 0 this is the step itself; later it only completes a step that has begun.
      Mishap mishap = at == 0 ? begin(at) : script.mishaps().get(at);
      play(at, sets, record, mishap);
    }

    private @Nullable Mishap begin(long at) {
      script.beforeStep().accept(at);
      Mishap mishap = script.mishaps().get(at);
      if (mishap instanceof Mishap.Failure failure) {
        throw new SessionException(failure.message());
      } else if (mishap instanceof Mishap.Crash crash) {
        ScriptedSession.<RuntimeException>throwAsItIs(crash.thrown());
      } else if (mishap instanceof Mishap.Hang hang) {
        hang.reached().countDown();
        awaitDeaf(hang.released());
      }
      return mishap;
    }

    private void play(long at, List<String> sets, StepRecord record, @Nullable Mishap mishap) {
      for (int i = 0; i < script.scripted().size(); i++) {
        ScriptedMetric metric = script.scripted().get(i);
        if (!metric.set().isEmpty() && sets.contains(metric.set())) {
          put(record, i, metric, at, mishap);
        }
      }
    }

    private void put(
        StepRecord record, int place, ScriptedMetric metric, long at, @Nullable Mishap mishap) {
      double value =
          mishap instanceof Mishap.Value instead && instead.metric().equals(metric.name())
              ? instead.value()
              : script
                  .deviation(metric.name(), at, opening)
                  .orElseGet(() -> metric.series().at(seed, at));
      if (metric.kind() == ColumnKind.F32) {
        record.f32(place, (float) value);
      } else if (metric.kind() == ColumnKind.F64) {
        record.f64(place, value);
      } else {
        record.i64(place, (long) value);
      }
    }
  }

  private static void awaitDeaf(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("unchecked") // The compiler is to believe that an unchecked one is thrown.
  private static <T extends Throwable> void throwAsItIs(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
