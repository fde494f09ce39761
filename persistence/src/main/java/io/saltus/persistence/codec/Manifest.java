package io.saltus.persistence.codec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands beside the bytes: the name of the type, and from format 2 on the format, {@code
 * MetricsRecorded} or {@code MetricsRecorded:2}.
 */
record Manifest(String name, int format) {

  private static final Pattern SHAPE = Pattern.compile("([A-Za-z]{1,64})(?::([1-9][0-9]{0,8}))?");

  /** The newest format of everything that this version writes and reads. */
  static final int NEWEST = 1;

  static Manifest read(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw CodecException.damaged("'" + text + "' is no name of an event");
    }
    Manifest manifest =
        new Manifest(
            matcher.group(1), matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2)));
    if (manifest.format > NEWEST) {
      throw CodecException.newer(
          manifest.name
              + " is in format "
              + manifest.format
              + ", and this version of Saltus reads up to format "
              + NEWEST);
    }
    return manifest;
  }
}
