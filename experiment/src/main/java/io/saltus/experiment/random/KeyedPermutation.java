package io.saltus.experiment.random;

/**
 * A permutation of 0…size-1 that is a pure function of a key and an epoch, with O(1) access to any
 * place: no array, no state, so a run can begin in the middle of any epoch.
 *
 * <p>A balanced Feistel network of eight rounds over the smallest even number of bits that holds
 * the size, its round function drawn from {@link Philox}, restricted to the size by cycle walking
 * (J. Black, P. Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002, methods 2 and 3).
 * The domain is less than four times the size, so a place costs fewer than four passes on average.
 */
public final class KeyedPermutation {

  private static final int ROUNDS = 8;

  private final Philox philox;
  private final long epoch;
  private final int size;
  private final int halfBits;
  private final int mask;

  /**
   * @param philox keyed by seed and purpose
   * @param epoch which permutation of that key
   * @param size 1 to 2^30
   * @throws IllegalArgumentException when {@code size} is out of range
   */
  public KeyedPermutation(Philox philox, long epoch, int size) {
    if (size < 1 || size > 1 << 30) {
      throw new IllegalArgumentException("size must be 1 to 2^30, not " + size);
    }
    this.philox = philox;
    this.epoch = epoch;
    this.size = size;
    int bits = Math.max(2, 32 - Integer.numberOfLeadingZeros(size - 1));
    this.halfBits = (bits + 1) / 2;
    this.mask = (1 << halfBits) - 1;
  }

  /**
   * The element at a place.
   *
   * @param place 0 to size - 1
   * @return 0 to size - 1, each exactly once over all places
   */
  public int at(int place) {
    if (place < 0 || place >= size) {
      throw new IndexOutOfBoundsException(place + " is not a place in a permutation of " + size);
    }
    int x = place;
    do {
      x = pass(x);
    } while (x >= size);
    return x;
  }

  private int pass(int x) {
    int left = x >>> halfBits;
    int right = x & mask;
    for (int round = 0; round < ROUNDS; round++) {
      int mixed = left ^ ((int) philox.bits(epoch, ((long) round << 32) | right) & mask);
      left = right;
      right = mixed;
    }
    return (left << halfBits) | right;
  }
}
