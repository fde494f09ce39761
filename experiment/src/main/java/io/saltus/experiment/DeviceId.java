package io.saltus.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device of this machine, as {@code cpu:0} or {@code gpu:1}.
 *
 * @param kind {@code cpu} or {@code gpu}
 * @param index from 0
 */
public record DeviceId(String kind, int index) implements Comparable<DeviceId> {

  private static final Pattern SHAPE = Pattern.compile("(cpu|gpu):(0|[1-9][0-9]{0,3})");

  /**
   * Reads {@code cpu:0}.
   *
   * @throws IllegalArgumentException when {@code text} has another shape
   */
  public static DeviceId parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a device is cpu:N or gpu:N, not '" + text + "'");
    }
    return new DeviceId(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public int compareTo(DeviceId other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return kind + ":" + index;
  }
}
