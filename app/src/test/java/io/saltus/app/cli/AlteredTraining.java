package io.saltus.app.cli;

import io.saltus.experiment.metric.Catalogue;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.experiment.metric.MetricName;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.spec.ExperimentSpec;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** Programs whose code was altered, though their specs say the same. */
final class AlteredTraining {

  private AlteredTraining() {}

  /**
   * From a step on it trains as another spec says, with the weights and slots that it has.
   *
   * @param from the first step that is trained so, which no chunk may have inside it
   */
  record FromStep(Program program, long from, UnaryOperator<ExperimentSpec> spec)
      implements OtherProgram {

    @Override
    public TrainingSession open(SessionRequest request) {
      TrainingSession before = program.open(request);
      return new Changing(
          before,
          program.open(
              new SessionRequest(spec.apply(request.spec()), request.devices(), request.inputs())),
          from);
    }
  }

  /** Two sessions, of which the second takes over. */
  private static final class Changing implements OtherSession {

    private final TrainingSession before;
    private final TrainingSession after;
    private final long from;
    private boolean changed;

    Changing(TrainingSession before, TrainingSession after, long from) {
      this.before = before;
      this.after = after;
      this.from = from;
    }

    @Override
    public TrainingSession session() {
      return changed ? after : before;
    }

    @Override
    public MetricFrame run(Chunk chunk) {
      if (chunk.first() < from && chunk.last() >= from) {
        throw new IllegalStateException(chunk + " has step " + from + " inside it");
      }
      if (!changed && chunk.first() == from) {
        List<TensorValue> state = before.read(new HashSet<>(before.variables()));
        after.restore(before.step(), state);
        changed = true;
      }
      return session().run(chunk);
    }

    @Override
    public void close() {
      before.close();
      after.close();
    }
  }

  /** Records nothing of a metric. */
  record Without(Program program, MetricName metric) implements OtherProgram {

    @Override
    public TrainingSession open(SessionRequest request) {
      return new Silent(program.open(request), metric);
    }
  }

  private record Silent(TrainingSession session, MetricName metric) implements OtherSession {

    @Override
    public Catalogue catalogue() {
      return new Catalogue(
          session.catalogue().metrics().stream()
              .filter(each -> !each.name().equals(metric))
              .toList());
    }

    @Override
    public MetricFrame run(Chunk chunk) {
      MetricFrame frame = session.run(chunk);
      return new MetricFrame(
          frame.from(),
          frame.until(),
          frame.columns().stream().filter(each -> !each.name().equals(metric)).toList());
    }
  }

  /** Records the lowest bit of a metric otherwise at one step. */
  record OneBit(Program program, MetricName metric, long step) implements OtherProgram {

    @Override
    public TrainingSession open(SessionRequest request) {
      return new Flipping(program.open(request), metric, step);
    }
  }

  private record Flipping(TrainingSession session, MetricName metric, long at)
      implements OtherSession {

    @Override
    public MetricFrame run(Chunk chunk) {
      MetricFrame frame = session.run(chunk);
      return new MetricFrame(
          frame.from(),
          frame.until(),
          frame.columns().stream()
              .map(each -> each.name().equals(metric) ? flipped((F32Column) each) : each)
              .toList());
    }

    private Column flipped(F32Column column) {
      float[] values = column.toArray();
      for (int i = 0; i < values.length; i++) {
        if (column.steps().at(i) == at) {
          values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) ^ 1);
        }
      }
      return new F32Column(column.name(), column.steps(), values);
    }
  }
}
