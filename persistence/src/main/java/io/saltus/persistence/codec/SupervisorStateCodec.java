package io.saltus.persistence.codec;

import com.google.protobuf.CodedInputStream;
import io.saltus.experiment.DeviceId;
import io.saltus.experiment.RunId;
import io.saltus.persistence.projection.SupervisorState;
import io.saltus.persistence.projection.SupervisorState.Standing;
import io.saltus.proto.v1.SupervisorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** States of a supervisor and the bytes of their snapshots. */
public final class SupervisorStateCodec {

  /** What stands beside the bytes. */
  public static final String MANIFEST = "SupervisorState";

  static final EnumTable<Standing, SupervisorProto.Standing> STANDINGS =
      EnumTable.of(Standing.class, SupervisorProto.Standing.class, "STANDING_");

  private SupervisorStateCodec() {}

  /** The bytes of a state. */
  public static byte[] encode(SupervisorState state) {
    SupervisorProto.SupervisorState.Builder wire =
        SupervisorProto.SupervisorState.newBuilder().setLastFence(state.lastFence());
    state
        .unsettled()
        .forEach(
            (run, standing) ->
                wire.addUnsettled(
                    SupervisorProto.UnsettledRun.newBuilder()
                        .setRun(run.value())
                        .setStanding(STANDINGS.write(standing))));
    state
        .leases()
        .forEach(
            (fence, lease) ->
                wire.addLeases(
                    SupervisorProto.OpenLease.newBuilder()
                        .setFence(fence)
                        .setDevice(lease.devices().get(0).toString())
                        .addAllMoreDevices(
                            lease.devices().stream().skip(1).map(DeviceId::toString).toList())
                        .setRun(lease.run().value())));
    state.drained().forEach(device -> wire.addDrained(device.toString()));
    return wire.build().toByteArray();
  }

  /**
   * The state of some bytes.
   *
   * @throws CodecException when the bytes are not those of a state that this version writes
   */
  public static SupervisorState decode(String manifest, ByteBuffer bytes) {
    if (!Manifest.read(manifest).name().equals(MANIFEST)) {
      throw CodecException.newer("unknown state " + manifest);
    }
    At at = At.event(MANIFEST);
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      SupervisorProto.SupervisorState wire = SupervisorProto.SupervisorState.parser().parseFrom(in);
      in.checkLastTagWas(0);
      return read(at, wire);
    } catch (IOException e) {
      throw CodecException.damaged(at + " is damaged: " + e.getMessage());
    }
  }

  private static SupervisorState read(At at, SupervisorProto.SupervisorState wire) {
    at.known(wire);
    return new SupervisorState(
        unsettled(at, wire),
        leases(at, wire),
        at.count(wire.getLastFence(), "last_fence"),
        drained(at, wire));
  }

  private static Map<RunId, Standing> unsettled(At at, SupervisorProto.SupervisorState wire) {
    Map<RunId, Standing> unsettled = new LinkedHashMap<>();
    for (int i = 0; i < wire.getUnsettledCount(); i++) {
      SupervisorProto.UnsettledRun each = wire.getUnsettled(i);
      At place = at.in("unsettled", i);
      place.known(each);
      Standing standing =
          STANDINGS.read(place, "standing", each.getStanding(), each.getStandingValue());
      boolean first = unsettled.put(run(place, each.getRun()), standing) == null;
      place.check(first, "run", "is there already");
    }
    return unsettled;
  }

  private static SortedMap<Long, SupervisorState.Lease> leases(
      At at, SupervisorProto.SupervisorState wire) {
    SortedMap<Long, SupervisorState.Lease> leases = new TreeMap<>();
    long last = 0;
    for (int i = 0; i < wire.getLeasesCount(); i++) {
      SupervisorProto.OpenLease each = wire.getLeases(i);
      At place = at.in("leases", i);
      place.known(each);
      last = place.atLeast(last + 1, each.getFence(), "fence");
      leases.put(
          last,
          new SupervisorState.Lease(
              SupervisorEvents.devices(place, each.getDevice(), each.getMoreDevicesList()),
              run(place, each.getRun())));
    }
    at.check(last <= wire.getLastFence(), "last_fence", "is below that of an open lease");
    return leases;
  }

  private static List<DeviceId> drained(At at, SupervisorProto.SupervisorState wire) {
    List<DeviceId> drained = new ArrayList<>();
    for (int i = 0; i < wire.getDrainedCount(); i++) {
      String text = wire.getDrained(i);
      drained.add(at.in("drained", i).build(() -> DeviceId.parse(text)));
    }
    return drained;
  }

  private static RunId run(At at, String text) {
    return at.in("run").build(() -> new RunId(text));
  }
}
