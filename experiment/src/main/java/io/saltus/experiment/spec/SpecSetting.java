package io.saltus.experiment.spec;

import java.util.List;

/**
 * A value of a spec given beside it, applied after all files.
 *
 * @param path of the key, such as {@code optimizer.weight-decay}
 * @param value HOCON, else taken as a text
 * @param flag what the user typed, which problems name as their place
 */
public record SpecSetting(String path, String value, String flag) {

  /**
   * The argument of {@code --set}.
   *
   * @throws IllegalArgumentException when {@code argument} has no {@code =} or nothing before it
   */
  public static SpecSetting parse(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1 || argument.substring(0, equals).isBlank()) {
      throw new IllegalArgumentException(
          "--set takes path=value, such as optimizer.weight-decay=0.1, not '" + argument + "'");
    }
    return new SpecSetting(
        argument.substring(0, equals).strip(), argument.substring(equals + 1), "--set " + argument);
  }

  /** Whether it gives this key, something below it, or all that it stands in. */
  public boolean touches(String key) {
    List<String> own = AxisBinder.split(path).orElse(List.of());
    List<String> other = AxisBinder.split(key).orElse(List.of());
    int shared = Math.min(own.size(), other.size());
    return shared > 0 && own.subList(0, shared).equals(other.subList(0, shared));
  }
}
