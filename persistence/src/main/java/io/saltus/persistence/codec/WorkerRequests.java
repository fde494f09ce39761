package io.saltus.persistence.codec;

import io.saltus.experiment.DeviceId;
import io.saltus.experiment.session.Chunk;
import io.saltus.experiment.session.UntilProgress;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.persistence.worker.WorkerRequest;
import io.saltus.proto.v1.WorkerProto;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a worker is asked. */
final class WorkerRequests {

  private WorkerRequests() {}

  static void write(WorkerRequest request, WorkerProto.WorkerMessage.Builder wire) {
    if (request instanceof WorkerRequest.Open open) {
      wire.setOpen(write(open));
    } else if (request instanceof WorkerRequest.Run run) {
      Chunk chunk = run.chunk();
      wire.setRun(
          WorkerProto.RunChunk.newBuilder()
              .setFirst(chunk.first())
              .setLast(chunk.last())
              .setEnd(chunk.end())
              .setUntil(RecordedCodec.write(chunk.until()))
              .setStepLimitMillis(run.stepLimit().toMillis()));
    } else if (request instanceof WorkerRequest.Evaluate evaluate) {
      wire.setEvaluate(WorkerProto.EvaluateSet.newBuilder().setSet(evaluate.set()));
    } else if (request instanceof WorkerRequest.Read read) {
      wire.setRead(WorkerProto.ReadState.newBuilder().addAllNames(read.names()));
    } else if (request instanceof WorkerRequest.Restore restore) {
      wire.setRestore(
          WorkerProto.RestoreState.newBuilder()
              .setStep(restore.step())
              .setTensors(restore.tensors()));
    } else if (request instanceof WorkerRequest.Close) {
      wire.setClose(WorkerProto.CloseSession.getDefaultInstance());
    } else if (request instanceof WorkerRequest.Prepare prepare) {
      wire.setPrepare(
          WorkerProto.PrepareWorker.newBuilder().setExpected(write(prepare.expected())));
    } else if (request instanceof WorkerRequest.Ping) {
      wire.setPing(WorkerProto.Ping.getDefaultInstance());
    } else {
      throw new AssertionError("no codec for a " + request.getClass());
    }
  }

  static WorkerRequest read(At at, WorkerProto.WorkerMessage wire) {
    return switch (wire.getBodyCase()) {
      case OPEN -> open(at.in("open"), wire.getOpen());
      case RUN -> run(at.in("run"), wire.getRun());
      case EVALUATE -> {
        At place = at.in("evaluate");
        place.known(wire.getEvaluate());
        yield new WorkerRequest.Evaluate(place.text(wire.getEvaluate().getSet(), "set"));
      }
      case READ -> {
        At place = at.in("read");
        place.known(wire.getRead());
        List<String> names = wire.getRead().getNamesList();
        place.check(
            List.copyOf(new TreeSet<>(names)).equals(List.copyOf(names)),
            "names",
            "are not in byte order, each once");
        yield new WorkerRequest.Read(new TreeSet<>(names));
      }
      case RESTORE -> {
        At place = at.in("restore");
        WorkerProto.RestoreState restore = wire.getRestore();
        place.known(restore);
        place.has(restore.hasStep(), "step");
        place.has(restore.hasTensors(), "tensors");
        yield new WorkerRequest.Restore(
            place.count(restore.getStep(), "step"),
            place.atLeast(0, restore.getTensors(), "tensors"));
      }
      case CLOSE -> {
        at.in("close").known(wire.getClose());
        yield new WorkerRequest.Close();
      }
      case PING -> {
        at.in("ping").known(wire.getPing());
        yield new WorkerRequest.Ping();
      }
      case PREPARE -> {
        At place = at.in("prepare");
        WorkerProto.PrepareWorker prepare = wire.getPrepare();
        place.known(prepare);
        place.has(prepare.hasExpected(), "expected");
        WorkerRequest.Open expected = open(place.in("expected"), prepare.getExpected());
        yield place.build(() -> new WorkerRequest.Prepare(expected));
      }
      default -> throw CodecException.damaged(at + " is no request");
    };
  }

  private static WorkerProto.OpenSession write(WorkerRequest.Open open) {
    WorkerProto.OpenSession.Builder wire =
        WorkerProto.OpenSession.newBuilder()
            .setSpec(SpecCodec.write(open.spec()))
            .addAllDevices(open.devices().stream().map(DeviceId::toString).toList())
            .setMasks(open.masks())
            .addAllPlugins(open.plugins().stream().map(Path::toString).toList());
    open.inputs()
        .forEach(
            (name, path) ->
                wire.addInputs(
                    WorkerProto.InputPath.newBuilder().setName(name).setPath(path.toString())));
    return wire.build();
  }

  private static WorkerRequest.Open open(At at, WorkerProto.OpenSession wire) {
    at.known(wire);
    at.has(wire.hasSpec(), "spec");
    at.has(wire.hasMasks(), "masks");
    ExperimentSpec spec = SpecCodec.read(at.in("spec"), wire.getSpec());
    List<DeviceId> devices = new ArrayList<>(wire.getDevicesCount());
    for (int i = 0; i < wire.getDevicesCount(); i++) {
      String device = wire.getDevices(i);
      devices.add(at.in("devices", i).build(() -> DeviceId.parse(device)));
    }
    SortedMap<String, Path> inputs = new TreeMap<>();
    for (int i = 0; i < wire.getInputsCount(); i++) {
      At place = at.in("inputs", i);
      WorkerProto.InputPath input = wire.getInputs(i);
      place.known(input);
      String name = place.text(input.getName(), "name");
      place.check(!inputs.containsKey(name), "name", "stands twice");
      inputs.put(name, path(place.in("path"), input.getPath()));
    }
    List<Path> plugins = plugins(at, wire.getPluginsList());
    int masks = at.atLeast(0, wire.getMasks(), "masks");
    return at.build(() -> new WorkerRequest.Open(spec, devices, inputs, masks, plugins));
  }

  private static List<Path> plugins(At at, List<String> wire) {
    List<Path> plugins = new ArrayList<>(wire.size());
    for (int i = 0; i < wire.size(); i++) {
      plugins.add(path(at.in("plugins", i), wire.get(i)));
    }
    return plugins;
  }

  private static Path path(At at, String text) {
    try {
      Path path = Path.of(text);
      if (!path.isAbsolute()) {
        throw CodecException.damaged(at + " is not absolute");
      }
      return path;
    } catch (InvalidPathException e) {
      throw CodecException.damaged(at + " is no path");
    }
  }

  private static WorkerRequest.Run run(At at, WorkerProto.RunChunk wire) {
    at.known(wire);
    at.has(wire.hasFirst(), "first");
    at.has(wire.hasLast(), "last");
    at.has(wire.hasEnd(), "end");
    at.has(wire.hasUntil(), "until");
    at.has(wire.hasStepLimitMillis(), "step_limit_millis");
    Duration limit =
        Duration.ofMillis(at.atLeast(1, wire.getStepLimitMillis(), "step_limit_millis"));
    UntilProgress until = RecordedCodec.read(at.in("until"), wire.getUntil());
    return at.build(
        () ->
            new WorkerRequest.Run(
                new Chunk(wire.getFirst(), wire.getLast(), wire.getEnd(), until), limit));
  }
}
