package io.saltus.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.Capability;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.TensorValue.Dtype;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.persistence.worker.TensorPiece;
import io.saltus.persistence.worker.WireException;
import io.saltus.persistence.worker.WorkerMessage;
import io.saltus.persistence.worker.WorkerReply;
import io.saltus.persistence.worker.WorkerRequest;
import io.saltus.proto.v1.WorkerProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WorkerCodecTest {

  private static final UntilProgress MET =
      new UntilProgress(
          List.of(Samples.RULE),
          List.of(UntilProgress.NOT_HELD),
          Optional.of(new UntilProgress.Met(Samples.RULE, 17)));

  @TestFactory
  Stream<DynamicTest> every_message_is_written_as_it_was_released() {
    return samples().entrySet().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.getKey(), () -> matches(sample.getKey(), sample.getValue())));
  }

  @Test
  void the_samples_hold_every_permitted_message() {
    assertThat(samples().values().stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(leaves(WorkerMessage.class).collect(Collectors.toSet()));
  }

  @Test
  void every_capability_and_every_kind_of_failure_goes_over_the_wire() throws WireException {
    for (Capability capability : Capability.values()) {
      WorkerReply.Opened opened =
          new WorkerReply.Opened(
              Samples.catalogue(),
              Samples.fingerprint(),
              List.of(),
              new TreeMap<>(),
              Set.of(capability),
              0);
      assertThat(WorkerCodec.read(WorkerCodec.write(opened))).isEqualTo(opened);
    }
    for (WorkerReply.Failed.Kind kind : WorkerReply.Failed.Kind.values()) {
      WorkerReply.Failed failed = new WorkerReply.Failed(kind, "why");
      assertThat(WorkerCodec.read(WorkerCodec.write(failed))).isEqualTo(failed);
    }
  }

  @Test
  void a_message_without_a_body_and_one_with_an_unknown_field_are_refused() {
    assertThatThrownBy(() -> WorkerCodec.read(new byte[0]))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("body is missing");
    byte[] unknown = {(byte) 0xf8, 0x01, 0x01}; // field 31
    assertThatThrownBy(() -> WorkerCodec.read(unknown))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("unknown field 31");
  }

  @Test
  void what_a_domain_type_refuses_is_refused_by_name() {
    assertRefused(
        WorkerProto.WorkerMessage.newBuilder()
            .setRun(
                WorkerProto.RunChunk.newBuilder()
                    .setFirst(5)
                    .setLast(4)
                    .setEnd(9)
                    .setStepLimitMillis(1)
                    .setUntil(RecordedCodec.write(UntilProgress.of(List.of())))),
        "from 5 to 4");
    assertRefused(
        WorkerProto.WorkerMessage.newBuilder()
            .setRestore(WorkerProto.RestoreState.newBuilder().setStep(-1).setTensors(0)),
        "step");
    assertRefused(
        WorkerProto.WorkerMessage.newBuilder()
            .setRead(WorkerProto.ReadState.newBuilder().addNames("b").addNames("a")),
        "byte order");
    assertRefused(
        WorkerProto.WorkerMessage.newBuilder()
            .setOpen(
                WorkerProto.OpenSession.newBuilder()
                    .setSpec(SpecCodec.write(Samples.spec()))
                    .setMasks(0)
                    .addDevices("cpu:0")
                    .addInputs(WorkerProto.InputPath.newBuilder().setName("train").setPath("a/b"))),
        "not absolute");
  }

  @Test
  void damaged_messages_are_refused_and_nothing_else_is_thrown() {
    Random random = new Random(7);
    int refused = 0;
    for (WorkerMessage message : samples().values()) {
      byte[] bytes = WorkerCodec.write(message);
      for (int i = 0; i < 500; i++) {
        byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
          WorkerCodec.read(damaged); // another message, but a whole one
        } catch (WireException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  private static void assertRefused(WorkerProto.WorkerMessage.Builder wire, String said) {
    assertThatThrownBy(() -> WorkerCodec.read(wire.build().toByteArray()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining(said);
  }

  private static void matches(String name, WorkerMessage message) throws IOException {
    byte[] bytes = WorkerCodec.write(message);
    GoldenFile.writeIfMissing(name, "worker", bytes);
    assertThat(bytes).isEqualTo(GoldenFile.read(name).bytes());
    WorkerMessage read = WorkerCodec.read(bytes);
    assertThat(read).isEqualTo(message);
    // Equality takes all NaNs for one; the bytes don't.
    assertThat(WorkerCodec.write(read)).isEqualTo(bytes);
  }

  private static Stream<Class<?>> leaves(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? leaves(each) : Stream.of(each));
  }

  private static SortedMap<String, WorkerMessage> samples() {
    SortedMap<String, WorkerMessage> samples = new TreeMap<>();
    samples.put(
        "WorkerOpen",
        new WorkerRequest.Open(
            Samples.spec(),
            List.of(DeviceId.parse("cpu:0")),
            new TreeMap<>(Map.of("train-images", Path.of("/train.gz"))),
            2,
            List.of(Path.of("/program.jar"))));
    samples.put(
        "WorkerPrepare",
        new WorkerRequest.Prepare(
            new WorkerRequest.Open(
                Samples.spec(),
                List.of(DeviceId.parse("cpu:1")),
                new TreeMap<>(Map.of("train-images", Path.of("/train.gz"))),
                0,
                List.of(Path.of("/program.jar")))));
    samples.put(
        "WorkerRun", new WorkerRequest.Run(new Chunk(18, 20, 8_000, MET), Duration.ofSeconds(30)));
    samples.put("WorkerEvaluate", new WorkerRequest.Evaluate("validation"));
    samples.put("WorkerRead", new WorkerRequest.Read(new TreeSet<>(List.of("a", "b"))));
    samples.put("WorkerRestore", new WorkerRequest.Restore(17, 3));
    samples.put("WorkerClose", new WorkerRequest.Close());
    samples.put("WorkerPing", new WorkerRequest.Ping());
    samples.put(
        "WorkerOpened",
        new WorkerReply.Opened(
            Samples.catalogue(),
            Samples.fingerprint(),
            List.of("dense.bias", "dense.weight"),
            new TreeMap<>(Map.of("dense.weight", List.of(97L, 128L), "scale", List.of())),
            Set.of(Capability.RESTORE, Capability.MASKS),
            -1));
    samples.put("WorkerFrame", new WorkerReply.Frame(Samples.frame()));
    samples.put("WorkerState", new WorkerReply.State(3));
    samples.put("WorkerDone", new WorkerReply.Done());
    samples.put(
        "WorkerFailed",
        new WorkerReply.Failed(WorkerReply.Failed.Kind.SESSION, "no such variable: c"));
    samples.put("WorkerAlive", new WorkerReply.Alive());
    samples.put(
        "WorkerTensorPiece",
        new TensorPiece(
            "dense.bias", Dtype.F32, List.of(3L), 4, ByteBuffer.wrap(new byte[] {1, 2, 3, 4})));
    return samples;
  }
}
