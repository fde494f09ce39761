package io.saltus.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.app.Programs;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.Program;
import io.saltus.experiment.session.SessionRequest;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TrainingSession;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.checkpoint.CheckpointStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights and moments that have shrunk below what is normal for 32 bits. TensorFlow's kernels take
 * such numbers for zero, so nothing on the way to a file and back may be a kernel's work.
 */
class SubnormalStateTest {

  private static final float SUBNORMAL = 1e-40f;

  private static final UntilProgress NO_RULES = UntilProgress.of(List.of());

  @TempDir Path directory;

  @Test
  void weights_and_moments_of_1e_40_come_back_from_a_checkpoint_and_go_on_alike() throws Exception {
    CheckpointStore checkpoints = CheckpointStore.at(directory);
    try (TrainingSession one = open();
        TrainingSession two = open()) {
      List<TensorValue> tiny = state(one).stream().map(SubnormalStateTest::tiny).toList();
      assertThat(tiny).anyMatch(each -> each.name().endsWith(".adam-mean"));
      assertThat(Float.floatToRawIntBits(SUBNORMAL)).isBetween(1, 0x007fffff);
      one.restore(7, tiny);

      two.restore(7, checkpoints.load(checkpoints.save(state(one)).sha256()));

      assertThat(state(two)).isEqualTo(tiny);
      Chunk next = new Chunk(8, 12, 12, NO_RULES);
      assertThat(two.run(next)).isEqualTo(one.run(next));
      assertThat(state(two)).isEqualTo(state(one)).isNotEqualTo(tiny);
    }
  }

  private static TrainingSession open() {
    List<Program> programs = Programs.installed().find(List.of());
    ExperimentSpec spec =
        new SpecChoice("grokking")
            .set(List.of("task.modulus=7", "model.width=4", "batch-size=8", "steps=20"))
            .read(programs)
            .spec();
    return programs
        .get(0)
        .open(new SessionRequest(spec, List.of(new DeviceId("cpu", 0)), new TreeMap<>()));
  }

  private static List<TensorValue> state(TrainingSession session) {
    return session.read(new HashSet<>(session.variables()));
  }

  /** All of its numbers at 1e-40, every other one negative. */
  private static TensorValue tiny(TensorValue like) {
    ByteBuffer bytes = ByteBuffer.allocate(like.bytes().remaining()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.putFloat(i % 2 == 0 ? SUBNORMAL : -SUBNORMAL);
    }
    return new TensorValue(like.name(), like.dtype(), like.shape(), bytes.array());
  }
}
