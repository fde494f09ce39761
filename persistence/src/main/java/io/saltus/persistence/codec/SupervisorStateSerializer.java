package io.saltus.persistence.codec;

import io.saltus.persistence.projection.SupervisorState;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Pekko's door to the codec of snapshots of the supervisor. */
public final class SupervisorStateSerializer extends SerializerWithStringManifest {

  /** Stands beside every snapshot of the supervisor. */
  public static final int ID = 7438006;

  @Override
  public int identifier() {
    return ID;
  }

  @Override
  public String manifest(Object state) {
    return SupervisorStateCodec.MANIFEST;
  }

  @Override
  public byte[] toBinary(Object state) {
    return SupervisorStateCodec.encode((SupervisorState) state);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return SupervisorStateCodec.decode(manifest, ByteBuffer.wrap(bytes));
  }
}
