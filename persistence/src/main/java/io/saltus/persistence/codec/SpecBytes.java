package io.saltus.persistence.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.saltus.experiment.spec.ExperimentSpec;
import io.saltus.proto.v1.SpecProto;

/** Resolved specs in the bytes that events hold them in, for what is sent beside the journal. */
public final class SpecBytes {

  private SpecBytes() {}

  /** The bytes of a spec. */
  public static byte[] encode(ExperimentSpec spec) {
    return SpecCodec.write(spec).toByteArray();
  }

  /**
   * Reads a spec.
   *
   * @throws CodecException when the bytes are none, or of a newer version
   */
  public static ExperimentSpec decode(byte[] bytes) {
    At at = At.event("ResolvedSpec");
    try {
      SpecProto.ResolvedSpec wire = SpecProto.ResolvedSpec.parseFrom(bytes);
      return at.build(() -> SpecCodec.read(at, wire));
    } catch (InvalidProtocolBufferException e) {
      throw CodecException.damaged(at + " cannot be parsed: " + e.getMessage());
    }
  }
}
