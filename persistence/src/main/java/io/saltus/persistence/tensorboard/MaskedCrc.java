package io.saltus.persistence.tensorboard;

import java.util.zip.CRC32C;

/**
 * The checksum of TensorFlow's record format: CRC-32C, rotated right by 15 bits, plus a constant,
 * so that the checksum of something that holds checksums is no trivial one ({@code
 * tensorflow/core/lib/hash/crc32c.h}).
 */
final class MaskedCrc {

  private static final int DELTA = 0xa282ead8;

  private final CRC32C crc = new CRC32C();

  int of(byte[] bytes, int from, int length) {
    crc.reset();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + DELTA;
  }
}
