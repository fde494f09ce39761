package io.saltus.experiment.spec;

/** Which steps something happens at. Step 0 is always due; the last step is the caller's affair. */
public sealed interface Cadence {

  /** Whether it is due at {@code step}, from 0. */
  boolean due(long step);

  /** As written in a spec and shown to people. */
  String text();

  /**
   * At every multiple.
   *
   * @param steps at least 1
   */
  record Every(long steps) implements Cadence {
    @Override
    public boolean due(long step) {
      return step % steps == 0;
    }

    @Override
    public String text() {
      return Long.toString(steps);
    }
  }

  /**
   * Evenly in the logarithm: at the first whole step of each of {@code count} equal parts of every
   * decade. While these parts are narrower than a step, every step is due.
   *
   * @param count parts per decade, at least 1
   */
  record PerDecade(int count) implements Cadence {
    @Override
    public boolean due(long step) {
      return step <= 1 || part(step) != part(step - 1);
    }

    @Override
    public String text() {
      return count + " per decade";
    }

    private long part(long step) {
      // StrictMath, so that the same steps are evaluated on every machine.
      return (long) Math.floor(count * StrictMath.log10(step));
    }
  }
}
