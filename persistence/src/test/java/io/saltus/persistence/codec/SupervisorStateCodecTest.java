package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.experiment.event.AttemptEnd;
import io.saltus.experiment.event.SupervisorEvent;
import io.saltus.experiment.event.SupervisorEvent.DeviceDrained;
import io.saltus.experiment.event.SupervisorEvent.DeviceRestored;
import io.saltus.experiment.event.SupervisorEvent.LeaseGranted;
import io.saltus.experiment.event.SupervisorEvent.LeaseReleased;
import io.saltus.experiment.event.SupervisorEvent.RestartScheduled;
import io.saltus.experiment.event.SupervisorEvent.RunEnqueued;
import io.saltus.experiment.event.SupervisorEvent.RunOutcome;
import io.saltus.experiment.event.SupervisorEvent.RunSettled;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.proto.v1.SupervisorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SupervisorStateCodecTest {

  private static final DeviceId CPU = new DeviceId("cpu", 0);

  static SupervisorState sample() {
    return SupervisorState.empty()
        .apply(
            List.of(
                new RunEnqueued(new RunId("z-first"), "grokking"),
                new LeaseGranted(7, List.of(CPU), new RunId("z-first")),
                new LeaseReleased(7, "the process that held it has ended"),
                new RunEnqueued(new RunId("a-second"), "grokking"),
                new LeaseGranted(8, List.of(CPU), new RunId("a-second")),
                new RunEnqueued(new RunId("m-third"), "blobs"),
                new LeaseGranted(9, List.of(new DeviceId("gpu", 1)), new RunId("gone")),
                new RunSettled(new RunId("gone"), RunOutcome.COMPLETED)));
  }

  private static SupervisorState decode(byte[] bytes) {
    return SupervisorStateCodec.decode(SupervisorStateCodec.MANIFEST, ByteBuffer.wrap(bytes));
  }

  @Test
  void a_state_is_written_as_it_was_released() throws IOException {
    byte[] bytes = SupervisorStateCodec.encode(sample());
    GoldenFile.writeIfMissing("SupervisorState", SupervisorStateCodec.MANIFEST, bytes);
    GoldenFile golden = GoldenFile.read("SupervisorState");
    assertThat(golden.manifest()).isEqualTo(SupervisorStateCodec.MANIFEST);
    assertThat(bytes).isEqualTo(golden.bytes());
    SupervisorState read = decode(golden.bytes());
    assertThat(read).isEqualTo(sample());
    assertThat(read.unsettled().keySet())
        .containsExactly(new RunId("z-first"), new RunId("a-second"), new RunId("m-third"));
    assertThat(read.unsettled().values())
        .containsExactlyInAnyOrder(SupervisorState.Standing.values());
  }

  @Test
  void a_state_with_several_devices_and_drained_ones_comes_back() {
    SupervisorState state =
        sample()
            .apply(
                List.of(
                    new LeaseGranted(
                        10,
                        List.of(new DeviceId("gpu", 2), new DeviceId("gpu", 0)),
                        new RunId("wide")),
                    new DeviceDrained(new DeviceId("gpu", 3), "x"),
                    new DeviceDrained(new DeviceId("cpu", 1), "x"),
                    new DeviceRestored(new DeviceId("gpu", 3))));

    SupervisorState read = decode(SupervisorStateCodec.encode(state));

    assertThat(read).isEqualTo(state);
    assertThat(read.free(new DeviceId("gpu", 0))).isFalse();
    assertThat(read.free(new DeviceId("cpu", 1))).isFalse();
    assertThat(read.free(new DeviceId("gpu", 3))).isTrue();
  }

  @Property(tries = 300)
  void a_state_and_what_follows_is_what_all_events_give(@ForAll long seed) {
    Random random = new Random(seed);
    List<SupervisorEvent> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      events.add(any(random, i));
    }
    int cut = random.nextInt(events.size());
    SupervisorState saved = SupervisorState.empty().apply(events.subList(0, cut));
    SupervisorState read = decode(SupervisorStateCodec.encode(saved));
    SupervisorState whole = SupervisorState.empty().apply(events);
    SupervisorState after = read.apply(events.subList(cut, events.size()));
    assertThat(after).isEqualTo(whole);
    assertThat(after.unsettled().keySet()).containsExactlyElementsOf(whole.unsettled().keySet());
  }

  private static SupervisorEvent any(Random random, int place) {
    RunId run = new RunId("run-" + random.nextInt(6));
    DeviceId gpu = new DeviceId("gpu", random.nextInt(2));
    return switch (random.nextInt(11)) {
      case 0 -> new RunEnqueued(run, "x");
      case 1 -> new LeaseGranted(1 + place, List.of(CPU), run);
      case 3 -> new LeaseGranted(1 + place, List.of(gpu, CPU), run);
      case 4 -> new RestartScheduled(run, AttemptEnd.KILLED, 1000);
      case 5 -> new DeviceDrained(gpu, "x");
      case 6 -> new DeviceRestored(gpu);
      case 7 -> new SupervisorEvent.DiskRanLow(place, 5);
      case 8 -> new SupervisorEvent.DiskRecovered(place);
      case 9 -> new SupervisorEvent.RunPreempted(run, new RunId("urgent"));
      case 2 -> new LeaseReleased(1 + random.nextInt(1 + place), "x");
      default -> new RunSettled(run, RunOutcome.PAUSED);
    };
  }

  @Test
  void what_is_not_consistent_is_refused() {
    SupervisorProto.UnsettledRun queued =
        SupervisorProto.UnsettledRun.newBuilder()
            .setRun("a")
            .setStanding(SupervisorProto.Standing.STANDING_QUEUED)
            .build();
    SupervisorProto.OpenLease lease =
        SupervisorProto.OpenLease.newBuilder().setFence(4).setDevice("cpu:0").setRun("a").build();
    refused(
        SupervisorProto.SupervisorState.newBuilder().addUnsettled(queued).addUnsettled(queued),
        "SupervisorState.unsettled[1].run is there already");
    refused(
        SupervisorProto.SupervisorState.newBuilder()
            .addUnsettled(queued.toBuilder().clearStanding()),
        "SupervisorState.unsettled[0].standing is missing");
    refused(
        SupervisorProto.SupervisorState.newBuilder().addLeases(lease).setLastFence(3),
        "SupervisorState.last_fence is below that of an open lease");
    refused(
        SupervisorProto.SupervisorState.newBuilder()
            .addLeases(lease)
            .addLeases(lease)
            .setLastFence(4),
        "SupervisorState.leases[1].fence is 4, not at least 5");
    assertThatThrownBy(
            () -> SupervisorStateCodec.decode("SupervisorState:2", ByteBuffer.wrap(new byte[0])))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("format 2");
    assertThatThrownBy(() -> SupervisorStateCodec.decode("Other", ByteBuffer.wrap(new byte[0])))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("unknown state Other");
    assertThatThrownBy(() -> decode(new byte[] {1, 2, 3}))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("SupervisorState is damaged");
  }

  private static void refused(SupervisorProto.SupervisorState.Builder wire, String message) {
    assertThatThrownBy(() -> decode(wire.build().toByteArray()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(message);
  }
}
