package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.saltus.experiment.event.RunEvent;
import io.saltus.experiment.event.RunEvent.MetricsRecorded;
import io.saltus.experiment.metric.MetricFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameOutlineTest {

  private static final EventCodec<RunEvent> CODEC = EventCodec.ofRuns();

  @Property(tries = 300)
  void any_frame_has_its_attempt_and_steps_and_no_columns(@ForAll long seed) {
    MetricFrame frame = RandomFrames.of(new Random(seed));
    byte[] bytes = CODEC.encode(new MetricsRecorded(7, frame));

    assertThat(FrameOutline.read("MetricsRecorded", ByteBuffer.wrap(bytes)))
        .contains(new MetricsRecorded(7, new MetricFrame(frame.from(), frame.until(), List.of())));
  }

  @Property(tries = 1000)
  void bytes_that_were_cut_off_or_changed_never_throw(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = CODEC.encode(new MetricsRecorded(1, RandomFrames.of(random)));
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    ByteBuffer some = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));

    Optional<MetricsRecorded> read = FrameOutline.read("MetricsRecorded", some);

    assertThat(read.map(event -> event.frame().columns()).orElse(List.of())).isEmpty();
  }

  @Test
  void what_is_no_frame_of_this_format_must_be_read_whole() {
    byte[] bytes = CODEC.encode(new MetricsRecorded(1, RandomFrames.of(new Random(1))));
    assertThat(FrameOutline.read("MetricsRecorded:2", ByteBuffer.wrap(bytes))).isEmpty();
    assertThat(FrameOutline.read("RunPaused", ByteBuffer.wrap(bytes))).isEmpty();
    byte[] further = new byte[bytes.length + 2];
    System.arraycopy(bytes, 0, further, 0, bytes.length);
    further[bytes.length] = 3 << 3;
    assertThat(FrameOutline.read("MetricsRecorded", ByteBuffer.wrap(further))).isEmpty();
  }
}
