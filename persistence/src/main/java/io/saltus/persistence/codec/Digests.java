package io.saltus.persistence.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.saltus.experiment.Sha256;
import java.util.HexFormat;

/** SHA-256 digests as 32 bytes. */
final class Digests {

  static final int BYTES = 32;

  private Digests() {}

  static ByteString write(Sha256 digest) {
    return UnsafeByteOperations.unsafeWrap(digest.bytes());
  }

  static Sha256 read(At at, String field, ByteString bytes) {
    at.check(bytes.size() == BYTES, field, "has " + bytes.size() + " bytes, not " + BYTES);
    return new Sha256(HexFormat.of().formatHex(bytes.toByteArray()));
  }
}
