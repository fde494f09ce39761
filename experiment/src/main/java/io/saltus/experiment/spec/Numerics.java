package io.saltus.experiment.spec;

/**
 * What the bits of the results depend on beyond the mathematics.
 *
 * @param threads of one operation, 1 to 256
 * @param isa the widest instruction set that kernels may use
 */
public record Numerics(int threads, Isa isa) {

  /** Instruction sets. */
  public enum Isa {
    /** Whatever the machine has. */
    NATIVE,
    /** At most AVX2, so that machines with and without AVX-512 agree. */
    AVX2
  }
}
