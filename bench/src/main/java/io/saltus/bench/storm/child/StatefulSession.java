package io.saltus.bench.storm.child;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.MetricDescriptor;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A session whose every metric follows from a state of 100 kB, which every step changes from end to
 * end: training that goes on from another state than the one it left, by a single bit, gives
 * another digest.
 */
final class StatefulSession implements TrainingSession {

  /** The set that is evaluated. */
  static final String SET = "validation";

  private static final String STATE = "state";
  private static final int WORDS = 12_800;
  private static final int LOSS = 0;
  private static final int NORM = 1;
  private static final int ACCURACY = 2;
  private static final long MULTIPLIER = 6364136223846793005L;

  private final Catalogue catalogue;
  private final ChunkLoop loop;
  private final Philox noise;
  private final long paceNanos;
  private final long[] state = new long[WORDS];
  private long step = -1;
  private boolean closed;

  StatefulSession(ExperimentSpec spec, Duration pace) {
    String cadence = spec.evaluate().cadenceOf(SET).text();
    catalogue =
        new Catalogue(
            List.of(
                metric("train.loss", "train", ColumnKind.F32, "every step", false),
                metric("weight-norm", "", ColumnKind.F64, "every step", false),
                metric("validation.accuracy", SET, ColumnKind.F32, cadence, true)));
    loop = new ChunkLoop(catalogue, spec.evaluate(), List.of(SET));
    noise = Philox.keyed(spec.seeds().order(), "storm");
    paceNanos = pace.toNanos();
    Philox initial = Philox.keyed(spec.seeds().init(), "storm");
    for (int i = 0; i < WORDS; i++) {
      state[i] = initial.bits(0, i);
    }
  }

  private static MetricDescriptor metric(
      String name, String split, ColumnKind kind, String cadence, boolean after) {
    return new MetricDescriptor(new MetricName(name), split, kind, 1, "", cadence, true, after);
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public Fingerprint fingerprint() {
    return new Fingerprint(
        new TreeMap<>(Map.of("kernel-canary", "storm")), new TreeMap<>(Map.of("saltus", "storm")));
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public MetricFrame run(Chunk chunk) {
    refuseClosed();
    if (chunk.first() != step + 1) {
      throw new SessionException(
          "a chunk from step " + chunk.first() + " was asked of a session at step " + step);
    }
    MetricFrame frame = loop.run(chunk, new Updates());
    step = frame.until();
    return frame;
  }

  @Override
  public List<String> variables() {
    return List.of(STATE);
  }

  @Override
  public List<TensorValue> read(Set<String> names) {
    refuseClosed();
    if (!List.of(STATE).containsAll(names)) {
      throw new SessionException("there is only " + STATE + ", not all of " + names);
    }
    ByteBuffer bytes = ByteBuffer.allocate(WORDS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(state);
    return names.isEmpty()
        ? List.of()
        : List.of(
            new TensorValue(STATE, TensorValue.Dtype.I64, List.of((long) WORDS), bytes.array()));
  }

  @Override
  public void restore(long restored, List<TensorValue> values) {
    refuseClosed();
    if (values.size() != 1
        || !values.get(0).name().equals(STATE)
        || !values.get(0).shape().equals(List.of((long) WORDS))) {
      throw new SessionException(values + " is not the one tensor " + STATE + "[" + WORDS + "]");
    }
    values.get(0).bytes().asLongBuffer().get(state);
    step = restored;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void refuseClosed() {
    if (closed) {
      throw new SessionException("the session is closed");
    }
  }

  private double unit(int word) {
    return (state[word] >>> 11) * 0x1.0p-53;
  }

  /** One step at a time. */
  private final class Updates implements Stepper {

    @Override
    public void update(long at, List<String> sets, StepRecord record) {
      LockSupport.parkNanos(paceNanos);
      record.f32(LOSS, (float) unit(0));
      long carried = noise.bits(at, 0) ^ state[WORDS - 1];
      for (int i = 0; i < WORDS; i++) {
        carried = (state[i] ^ carried) * MULTIPLIER + at;
        state[i] = carried ^ (carried >>> 29);
      }
      record.f64(NORM, 10 + unit(WORDS - 1));
      evaluate(at, sets, record);
    }

    @Override
    public void evaluate(long at, List<String> sets, StepRecord record) {
      if (sets.contains(SET)) {
        record.f32(ACCURACY, (float) unit(WORDS / 2));
      }
    }
  }
}
