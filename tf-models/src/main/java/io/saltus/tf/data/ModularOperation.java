package io.saltus.tf.data;

import java.util.Arrays;
import java.util.Optional;

/** An operation on two numbers modulo m. */
public enum ModularOperation {
  /** (a + b) mod m. */
  ADD("add"),
  /** (a - b) mod m. */
  SUB("sub"),
  /** (a · b) mod m. */
  MUL("mul"),
  /** (a · b⁻¹) mod m: the c with c · b ≡ a. Defined for every b but 0 when m is prime. */
  DIV("div");

  private final String text;

  ModularOperation(String text) {
    this.text = text;
  }

  /** As written in a spec. */
  public String text() {
    return text;
  }

  /** The operation written as {@code text}. */
  public static Optional<ModularOperation> find(String text) {
    return Arrays.stream(values()).filter(operation -> operation.text.equals(text)).findFirst();
  }

  /** Whether it is defined for a prime modulus only. */
  public boolean needsPrime() {
    return this == DIV;
  }

  /** The least right operand it is defined for. */
  public int leastRight() {
    return this == DIV ? 1 : 0;
  }

  /**
   * The result.
   *
   * @param a 0 to modulus - 1
   * @param b {@link #leastRight} to modulus - 1
   * @param modulus 2 to 2^15; prime for {@link #DIV}
   */
  public int apply(int a, int b, int modulus) {
    return switch (this) {
      case ADD -> (a + b) % modulus;
      case SUB -> Math.floorMod(a - b, modulus);
      case MUL -> a * b % modulus;
      // b⁻¹ = b^(p-2) by Fermat's little theorem.
      case DIV -> a * power(b, modulus - 2, modulus) % modulus;
    };
  }

  /** Whether {@code n} is prime; by trial division, for the small numbers of a modulus. */
  public static boolean isPrime(long n) {
    if (n < 2) {
      return false;
    }
    for (long divisor = 2; divisor * divisor <= n; divisor++) {
      if (n % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  private static int power(int base, int exponent, int modulus) {
    int result = 1 % modulus;
    int square = base % modulus;
    for (int bits = exponent; bits > 0; bits >>= 1) {
      if ((bits & 1) == 1) {
        result = result * square % modulus;
      }
      square = square * square % modulus;
    }
    return result;
  }
}
