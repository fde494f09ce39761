package io.saltus.persistence.codec;

import io.saltus.experiment.session.Capability;
import io.saltus.persistence.worker.WorkerReply;
import io.saltus.proto.v1.WorkerProto;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a worker answers. */
final class WorkerReplies {

  private static final EnumTable<Capability, WorkerProto.SessionCapability> CAPABILITIES =
      EnumTable.of(Capability.class, WorkerProto.SessionCapability.class, "SESSION_CAPABILITY_");
  private static final EnumTable<WorkerReply.Failed.Kind, WorkerProto.FailureKind> KINDS =
      EnumTable.of(WorkerReply.Failed.Kind.class, WorkerProto.FailureKind.class, "FAILURE_KIND_");

  private WorkerReplies() {}

  static void write(WorkerReply reply, WorkerProto.WorkerMessage.Builder wire) {
    if (reply instanceof WorkerReply.Opened opened) {
      wire.setOpened(write(opened));
    } else if (reply instanceof WorkerReply.Frame frame) {
      wire.setFrame(
          WorkerProto.FrameComputed.newBuilder().setFrame(MetricsCodec.write(frame.frame())));
    } else if (reply instanceof WorkerReply.State state) {
      wire.setState(WorkerProto.StateRead.newBuilder().setTensors(state.tensors()));
    } else if (reply instanceof WorkerReply.Done) {
      wire.setDone(WorkerProto.Done.getDefaultInstance());
    } else if (reply instanceof WorkerReply.Failed failed) {
      wire.setFailed(
          WorkerProto.SessionFailed.newBuilder()
              .setKind(KINDS.write(failed.kind()))
              .setMessage(failed.message()));
    } else if (reply instanceof WorkerReply.Alive) {
      wire.setAlive(WorkerProto.Alive.getDefaultInstance());
    } else {
      throw new AssertionError("no codec for a " + reply.getClass());
    }
  }

  static WorkerReply read(At at, WorkerProto.WorkerMessage wire) {
    return switch (wire.getBodyCase()) {
      case OPENED -> opened(at.in("opened"), wire.getOpened());
      case FRAME -> {
        At place = at.in("frame");
        place.known(wire.getFrame());
        place.has(wire.getFrame().hasFrame(), "frame");
        yield new WorkerReply.Frame(
            MetricsCodec.read(place.in("frame"), wire.getFrame().getFrame()));
      }
      case STATE -> {
        At place = at.in("state");
        place.known(wire.getState());
        place.has(wire.getState().hasTensors(), "tensors");
        yield new WorkerReply.State(place.atLeast(0, wire.getState().getTensors(), "tensors"));
      }
      case DONE -> {
        at.in("done").known(wire.getDone());
        yield new WorkerReply.Done();
      }
      case FAILED -> {
        At place = at.in("failed");
        WorkerProto.SessionFailed failed = wire.getFailed();
        place.known(failed);
        place.has(failed.hasMessage(), "message");
        yield new WorkerReply.Failed(
            KINDS.read(place, "kind", failed.getKind(), failed.getKindValue()),
            failed.getMessage());
      }
      case ALIVE -> {
        at.in("alive").known(wire.getAlive());
        yield new WorkerReply.Alive();
      }
      default -> throw CodecException.damaged(at + " is no reply");
    };
  }

  private static WorkerProto.SessionOpened write(WorkerReply.Opened opened) {
    WorkerProto.SessionOpened.Builder wire =
        WorkerProto.SessionOpened.newBuilder()
            .setCatalogue(MetricsCodec.write(opened.catalogue()))
            .setFingerprint(ProvenanceCodec.write(opened.fingerprint()))
            .addAllVariables(opened.variables())
            .setStep(opened.step());
    opened
        .weights()
        .forEach(
            (name, shape) ->
                wire.addWeights(
                    WorkerProto.WeightShape.newBuilder().setName(name).addAllShape(shape)));
    for (Capability capability : Capability.values()) {
      if (opened.capabilities().contains(capability)) {
        wire.addCapabilities(CAPABILITIES.write(capability));
      }
    }
    return wire.build();
  }

  private static WorkerReply.Opened opened(At at, WorkerProto.SessionOpened wire) {
    at.known(wire);
    at.has(wire.hasCatalogue(), "catalogue");
    at.has(wire.hasFingerprint(), "fingerprint");
    at.has(wire.hasStep(), "step");
    SortedMap<String, List<Long>> weights = new TreeMap<>();
    for (int i = 0; i < wire.getWeightsCount(); i++) {
      At place = at.in("weights", i);
      WorkerProto.WeightShape weight = wire.getWeights(i);
      place.known(weight);
      place.has(weight.hasName(), "name");
      for (long dimension : weight.getShapeList()) {
        place.count(dimension, "shape");
      }
      place.check(
          weights.put(weight.getName(), List.copyOf(weight.getShapeList())) == null,
          "name",
          "stands twice");
    }
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    for (int i = 0; i < wire.getCapabilitiesCount(); i++) {
      capabilities.add(
          CAPABILITIES.read(
              at, "capabilities", wire.getCapabilities(i), wire.getCapabilitiesValue(i)));
    }
    return new WorkerReply.Opened(
        MetricsCodec.read(at.in("catalogue"), wire.getCatalogue()),
        ProvenanceCodec.read(at.in("fingerprint"), wire.getFingerprint()),
        wire.getVariablesList(),
        weights,
        capabilities,
        at.atLeast(-1, wire.getStep(), "step"));
  }
}
