package io.saltus.app.doctor;

import java.util.Locale;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param check its name
 * @param verdict how it stands
 * @param detail what was found
 * @param remedy what to do, unless all is well
 */
public record Finding(String check, Verdict verdict, String detail, Optional<String> remedy) {

  /** How something stands. */
  public enum Verdict {
    /** As it should be. */
    FINE,
    /** It works, with a drawback. */
    WARNING,
    /** It does not work. */
    BROKEN;

    /** As shown to people and in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All is well. */
  public static Finding fine(String check, String detail) {
    return new Finding(check, Verdict.FINE, detail, Optional.empty());
  }

  /** It works, with a drawback. */
  public static Finding warning(String check, String detail, String remedy) {
    return new Finding(check, Verdict.WARNING, detail, Optional.of(remedy));
  }

  /** It does not work. */
  public static Finding broken(String check, String detail, String remedy) {
    return new Finding(check, Verdict.BROKEN, detail, Optional.of(remedy));
  }
}
