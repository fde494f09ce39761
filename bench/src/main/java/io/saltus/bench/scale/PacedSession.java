package io.saltus.bench.scale;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A session that computes next to nothing, at a pace. Its values follow from seed and step alone,
 * so that whoever reads a journal knows what must stand there.
 */
final class PacedSession implements TrainingSession {

  static final MetricName LOSS = new MetricName("train.loss");

  private static final String STATE = "state";
  private static final int NORM_PLACE = 2;

  private final Catalogue catalogue;
  private final ChunkLoop loop;
  private final Philox noise;
  private final Pace pace;
  private final FrameClock clock;
  private long step = -1;

  PacedSession(ExperimentSpec spec, Pace pace, FrameClock clock) {
    catalogue =
        new Catalogue(
            List.of(
                metric(LOSS, ColumnKind.F32),
                metric(new MetricName("train.accuracy"), ColumnKind.F32),
                metric(new MetricName("weight-norm"), ColumnKind.F64)));
    loop = new ChunkLoop(catalogue, spec.evaluate(), List.of());
    noise = new Philox(spec.seeds().init());
    this.pace = pace;
    this.clock = clock;
  }

  private static MetricDescriptor metric(MetricName name, ColumnKind kind) {
    return new MetricDescriptor(name, "", kind, 1, "", "every step", true, false);
  }

  /** What a run of a seed records at a step. */
  static float lossOf(long seed, long step) {
    return loss(new Philox(seed), step);
  }

  private static float loss(Philox noise, long step) {
    return 1 + (float) ((noise.bits(step, 0) >>> 40) * 0x1.0p-26);
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public Fingerprint fingerprint() {
    return new Fingerprint(
        new TreeMap<>(Map.of("kernel-canary", "paced")), new TreeMap<>(Map.of("saltus", "paced")));
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public MetricFrame run(Chunk chunk) {
    if (chunk.first() != step + 1) {
      throw new SessionException(
          "a chunk from step " + chunk.first() + " was asked of a session at step " + step);
    }
    if (step < 0) {
      // Nothing is trained at step 0, and a chunk that takes no time is followed by a larger one.
      pace.await();
    }
    MetricFrame frame = loop.run(chunk, new Updates());
    step = frame.until();
    clock.computed(step);
    return frame;
  }

  @Override
  public List<String> variables() {
    return List.of(STATE);
  }

  @Override
  public List<TensorValue> read(Set<String> names) {
    return names.isEmpty() ? List.of() : List.of(state(step));
  }

  private static TensorValue state(long at) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0, at);
    return new TensorValue(STATE, TensorValue.Dtype.I64, List.of(), bytes.array());
  }

  @Override
  public void restore(long restored, List<TensorValue> values) {
    if (!values.equals(List.of(state(restored)))) {
      throw new SessionException(values + " is not the state after step " + restored);
    }
    step = restored;
  }

  @Override
  public void close() {}

  /** One step at a time. */
  private final class Updates implements Stepper {

    @Override
    public void update(long at, List<String> sets, StepRecord record) {
      pace.await();
      record.f32(0, loss(noise, at));
      record.f32(1, (float) (1 - 1 / (1.0 + at)));
      record.f64(NORM_PLACE, 10 + StrictMath.log1p(at));
    }

    @Override
    public void evaluate(long at, List<String> sets, StepRecord record) {}
  }
}
