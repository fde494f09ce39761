package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.metric.Column;
import io.saltus.experiment.metric.ColumnKind;
import io.saltus.experiment.metric.F32Column;
import io.saltus.experiment.metric.F64Column;
import io.saltus.experiment.metric.MetricFrame;
import io.saltus.persistence.projection.RunState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FrameCodecPropertyTest {

  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();
  private static final List<RunEvent> EVENTS = List.copyOf(Samples.runEvents().values());
  private static final byte[] SNAPSHOT = snapshot();

  @Property(tries = 500)
  void any_frame_comes_back_bit_for_bit(@ForAll long seed) {
    MetricsRecorded event = new MetricsRecorded(1, RandomFrames.of(new Random(seed)));
    byte[] bytes = CODEC.encode(event);
    RunEvent read = CODEC.decode("MetricsRecorded", bytes);
    assertThat(read).isEqualTo(event);
    assertThat(CODEC.encode(read)).isEqualTo(bytes);
    assertThat(bits(((MetricsRecorded) read).frame())).isEqualTo(bits(event.frame()));
  }

  @Property(tries = 5000)
  void changed_bytes_are_read_or_refused_by_name(
      @ForAll long seed, @ForAll @Size(min = 1, max = 4) List<Byte> noise) {
    Random random = new Random(seed);
    RunEvent event =
        random.nextInt(3) == 0
            ? new MetricsRecorded(1, RandomFrames.of(random))
            : EVENTS.get(random.nextInt(EVENTS.size()));
    byte[] bytes = CODEC.encode(event);
    for (byte value : noise) {
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = value;
      }
    }
    readOrRefuse(CODEC.manifest(event), bytes);
  }

  @Property(tries = 2000)
  void cut_bytes_are_read_or_refused_by_name(@ForAll long seed) {
    Random random = new Random(seed);
    RunEvent event = EVENTS.get(random.nextInt(EVENTS.size()));
    byte[] bytes = CODEC.encode(event);
    readOrRefuse(CODEC.manifest(event), Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
  }

  @Property(tries = 2000)
  void any_bytes_are_read_or_refused_by_name(@ForAll byte[] bytes, @ForAll long seed) {
    Random random = new Random(seed);
    readOrRefuse(CODEC.manifest(EVENTS.get(random.nextInt(EVENTS.size()))), bytes);
    for (SupervisorEvent event : Samples.supervisorEvents().values()) {
      try {
        EventCodec.ofSupervisor().decode(EventCodec.ofSupervisor().manifest(event), bytes);
      } catch (CodecException refused) {
        assertThat(refused).hasMessageContaining(event.getClass().getSimpleName());
      }
    }
  }

  @Property(tries = 3000)
  void changed_snapshots_are_read_or_refused_by_name(
      @ForAll long seed, @ForAll @Size(min = 1, max = 4) List<Byte> noise) {
    Random random = new Random(seed);
    byte[] bytes = SNAPSHOT.clone();
    for (byte value : noise) {
      bytes[random.nextInt(bytes.length)] = value;
    }
    try {
      RunStateCodec.decode(
          RunStateCodec.MANIFEST, ByteBuffer.wrap(bytes, 0, 1 + random.nextInt(bytes.length)));
    } catch (CodecException refused) {
      assertThat(refused).hasMessageContaining(RunStateCodec.MANIFEST);
    }
  }

  private static byte[] snapshot() {
    RunState state = RunState.empty();
    for (RunEvent event : EVENTS) {
      state = state.apply(event);
    }
    return RunStateCodec.encode(state);
  }

  private static void readOrRefuse(String manifest, byte[] bytes) {
    RunEvent read;
    try {
      read = CODEC.decode(manifest, bytes);
    } catch (CodecException refused) {
      assertThat(refused).hasMessageContaining(manifest);
      return;
    }
    // What is read can be written, and then means the same.
    assertThat(CODEC.decode(manifest, CODEC.encode(read))).isEqualTo(read);
  }

  /** The bits of the floating-point columns, since equality takes all NaNs for one. */
  private static List<Long> bits(MetricFrame frame) {
    List<Long> bits = new ArrayList<>();
    for (Column column : frame.columns()) {
      if (column.kind() == ColumnKind.F32) {
        for (float value : ((F32Column) column).toArray()) {
          bits.add((long) Float.floatToRawIntBits(value));
        }
      } else if (column.kind() == ColumnKind.F64) {
        for (double value : ((F64Column) column).toArray()) {
          bits.add(Double.doubleToRawLongBits(value));
        }
      }
    }
    return bits;
  }
}
