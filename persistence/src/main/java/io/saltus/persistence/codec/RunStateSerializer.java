package io.saltus.persistence.codec;

import io.saltus.persistence.projection.RunState;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Pekko's door to the codec of snapshots of runs. */
public final class RunStateSerializer extends SerializerWithStringManifest {

  /** Stands beside every snapshot of a run. */
  public static final int ID = 7438003;

  @Override
  public int identifier() {
    return ID;
  }

  @Override
  public String manifest(Object state) {
    return RunStateCodec.MANIFEST;
  }

  @Override
  public byte[] toBinary(Object state) {
    return RunStateCodec.encode((RunState) state);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return RunStateCodec.decode(manifest, ByteBuffer.wrap(bytes));
  }
}
