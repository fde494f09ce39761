package io.saltus.experiment.spec;

import io.saltus.experiment.ShortestDecimal;

/** The value of a parameter, with one canonical text. */
public sealed interface SpecValue {

  /** The canonical text: what the digest reads and what a reader of HOCON takes back. */
  String canonical();

  /** A text. */
  record Text(String value) implements SpecValue {
    @Override
    public String canonical() {
      return value;
    }
  }

  /** A whole number. */
  record Whole(long value) implements SpecValue {
    @Override
    public String canonical() {
      return Long.toString(value);
    }
  }

  /** A finite number. */
  record Real(double value) implements SpecValue {
    @Override
    public String canonical() {
      return ShortestDecimal.of(value);
    }
  }

  /** Yes or no. */
  record Flag(boolean value) implements SpecValue {
    @Override
    public String canonical() {
      return Boolean.toString(value);
    }
  }
}
