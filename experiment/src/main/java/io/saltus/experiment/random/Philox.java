package io.saltus.experiment.random;

import io.saltus.experiment.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Philox4x32-10, a counter-based generator: the draw at a counter is a pure function of key and
 * counter, so that any draw of any step can be made again without the ones before it.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random Numbers: As Easy
 * as 1, 2, 3", SC'11, section 3.3 and table 2; the test vectors are those of its Random123 library.
 */
public final class Philox {

  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final long LOW = 0xFFFFFFFFL;

  private final int key0;
  private final int key1;

  /**
   * @param key the 64 bits of key, low word first
   */
  public Philox(long key) {
    this.key0 = (int) key;
    this.key1 = (int) (key >>> 32);
  }

  /**
   * The generator for one purpose of one seed: its key is the first 8 bytes, little-endian, of
   * SHA-256 over the seed (8 bytes, little-endian) and the purpose (UTF-8).
   */
  public static Philox keyed(long seed, String purpose) {
    return new Philox(key(seed, purpose));
  }

  /** The key that {@link #keyed} uses, for generators elsewhere (such as in a graph). */
  public static long key(long seed, String purpose) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(seed).array());
    digest.update(purpose.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest.digest()).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /**
   * 64 random bits at a two-word counter: the first two output words, the first one low.
   *
   * @param high the upper 64 bits of the counter, such as a step
   * @param low the lower 64 bits of the counter, such as an index within the step
   */
  public long bits(long high, long low) {
    int c0 = (int) low;
    int c1 = (int) (low >>> 32);
    int c2 = (int) high;
    int c3 = (int) (high >>> 32);
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += W0;
      k1 += W1;
    }
    return (c0 & LOW) | ((long) c1 << 32);
  }

  /**
   * A whole number in [0, bound), by the high half of a 64 × 64 bit product (D. Lemire, "Fast
   * Random Integer Generation in an Interval", 2019, without its rejection: for the bounds here, at
   * most 2^31, the bias is below 2^-33 and every draw costs exactly one counter).
   *
   * @param bound 1 to 2^31 - 1
   */
  public int below(int bound, long high, long low) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, not " + bound);
    }
    return (int) unsignedHigh(bits(high, low), bound);
  }

  /** A number in [0, 1) with 53 random bits. */
  public double unit(long high, long low) {
    return (bits(high, low) >>> 11) * 0x1.0p-53;
  }

  private static long unsignedHigh(long x, long y) {
    // Math.unsignedMultiplyHigh is of Java 18.
    return Math.multiplyHigh(x, y) + (y & (x >> 63)) + (x & (y >> 63));
  }
}
